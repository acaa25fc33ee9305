/** The fields of a body that pass where Ambit sees none of it, by API: settings of the answer, and what is asked. */
export const KEPT_FIELDS: Readonly<Record<string, readonly string[]>> = {
  chat_completions:
    `messages stream temperature top_p n stop max_tokens max_completion_tokens presence_penalty frequency_penalty
    logprobs top_logprobs seed user`.split(/\s+/),
  responses:
    'input instructions stream temperature top_p top_logprobs max_output_tokens truncation user'.split(
      ' ',
    ),
  messages: 'messages system stream max_tokens temperature top_p top_k stop_sequences'.split(' '),
  embeddings: ['input', 'encoding_format', 'dimensions', 'user', 'input_type'],
};
