import { TYPES } from '../types';
import { scalar, yaml } from '../yaml-text';
import type { PartContext } from './context';
import { CLEARED, mark } from './marks';

/** The fields of a body that pass where Ambit sees none of it, by API: settings of the answer, and what is asked. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
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

/** Keys of a message and of its parts that hold text. */
const TEXT_KEYS = ['role', 'content', 'name', 'type', 'text', 'refusal'];

/** What is kept of a body of this API, in the place of all of it. */
export function clearedBody(api: string, { shared, remark }: PartContext): string {
  const fields = (KEPT[api] ?? []).map((name) => `${scalar(name)}: '%REQUEST_BODY(${name})%'`);
  const store = api === 'responses' ? ['store: false'] : [];
  return yaml`
    ${remark('What is not listed is gone: other models, providers, tools, files, earlier answers, background work.')}
    typed_per_filter_config:
      fields: ${shared(
        `${api}_fields`,
        yaml`
          '@type': ${TYPES.transform}
          request_transformation:
            headers_mutations: ${mark(CLEARED)}
            body_transformation:
              action: REPLACE
              body_format:
                omit_empty_values: true
                json_format:
                  ${[...fields, ...store].join('\n')}
        `,
      )}
  `;
}

/** What keeps the listed fields, and refuses what stands deeper than they do and is no text. */
export function clearingFilters({ shared }: PartContext): string {
  return yaml`
    - ${shared('clear_fields', `{ name: fields, typed_config: { '@type': ${TYPES.transform} } }`)}
    - ${shared('text_only', textOnly())}
  `;
}

function textOnly(): string {
  const keys = new Set([...Object.values(KEPT).flat(), 'store', ...TEXT_KEYS]);
  const known = [...keys].sort().map((key) => `${key}=true`);
  return yaml`
    # Messages may have parts that refer to stored files or earlier answers, which nobody has judged. \`fields\` writes JSON
    # without spaces, in which a quote within a text has a backslash before it: so this finds every
    # key that a provider could know. \`stream\` is judged as a single value, and must be one.
    name: text-only
    typed_config:
      '@type': ${TYPES.lua}
      default_source_code:
        inline_string: |
          local known = {${known.join(', ')}}
          function envoy_on_request(handle)
            local body = handle:body()
            if body == nil then return end
            local text = body:getBytes(0, body:length())
            if text:find('[{,]"stream":[^tfn]') then
              handle:respond({[":status"] = "403"}, "")
              return
            end
            for key in text:gmatch('[{,]"([^"]*)":') do
              if not known[key] then
                handle:respond({[":status"] = "403"}, "")
                return
              end
            end
          end
  `;
}
