import type { Api } from '../../model/api';
import { isOpenaiForm } from './openai-form';
import type { WordBlock, WordedBlock, WordingInput } from './worded-block';

/** LLMGateway's own words for whom to ask, which a configured contact replaces. */
const CONTACT = 'Contact your LLMGateway admin to adjust the policy.';

/**
 * What LLMGateway says of a request for which the organisation's policy leaves nobody, a provider that its catalogue
 * lacks included. Later revisions word it longer; these are the words that it announced.
 */
export const llmgatewayWording: WordBlock = (input) => {
  switch (input.layer) {
    case 'provider_lists':
    case 'model_lists':
    case 'requirements':
      return worded(input);
    case 'catalog':
      return input.code === 'unknown_target' ? worded(input) : undefined;
    case 'identity':
    case 'request_filters':
      return undefined;
  }
};

function worded({ modelName, contact }: WordingInput): WordedBlock {
  const model = modelName === '' ? 'this request' : modelName;
  return {
    message: `This request was blocked by your organization's provider compliance policy. No available provider for ${model} meets the required certifications. ${contact ?? CONTACT}`,
    body: bodyOf,
  };
}

/** LLMGateway shows its body for the APIs in OpenAI's form, and the envelope of Anthropic's; other clients read another. */
function bodyOf(message: string, api: Api | undefined): object | undefined {
  if (api === 'messages') return { type: 'error', error: { type: 'permission_error', message } };
  return isOpenaiForm(api) ? { error: { message } } : undefined;
}
