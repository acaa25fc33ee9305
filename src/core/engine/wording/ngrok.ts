import { isOpenaiForm } from './openai-form';
import type { WordBlock, WordedBlock, WordingInput } from './worded-block';

/**
 * What ngrok's AI Gateway says, as far as its documents show it: a provider or a model that the configuration does
 * not allow.
 */
export const ngrokWording: WordBlock = (input) => {
  switch (input.layer) {
    case 'provider_lists':
      return provider(input);
    case 'model_lists':
      return model(input);
    case 'identity':
    case 'request_filters':
    case 'catalog':
    case 'requirements':
      return undefined;
  }
};

/** The documents show one provider; where several were considered, all are named in the same way. */
function provider(input: WordingInput): WordedBlock | undefined {
  const names = input.providers.map((name) => `'${name}'`).join(', ');
  if (names === '') return undefined;
  const subject = input.providers.length === 1 ? `Provider ${names} is` : `Providers ${names} are`;
  return worded(subject, 'provider_not_allowed', input);
}

function model(input: WordingInput): WordedBlock | undefined {
  const { modelName } = input;
  if (modelName === '') return undefined;
  return worded(`Model '${modelName}' is`, 'model_not_allowed', input);
}

/**
 * The documents say nothing of whom to ask; a configured contact stands behind what they do say. The body is shown for
 * the gateway's OpenAI form.
 */
function worded(subject: string, type: string, { contact }: WordingInput): WordedBlock {
  const message = `${subject} not allowed by gateway configuration`;
  return {
    message: contact === undefined ? message : `${message}. ${contact}`,
    body: (text, api) => (isOpenaiForm(api) ? { error: { message: text, type } } : undefined),
  };
}
