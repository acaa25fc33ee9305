import { isOpenaiForm } from './openai-form';
import { openrouterAvailability, openrouterDataPolicy } from './openrouter-data-policy';
import type { WordBlock, WordedBlock, WordingInput } from './worded-block';

/** OpenRouter's own words for whom to ask, which a configured contact replaces. */
const SETTINGS_URL = 'https://openrouter.ai/settings/privacy';

/** The status of what no policy of the file leads: no endpoint is found for the request. */
const NOT_FOUND = 404;

/** Where nothing is said of why. */
const NO_PROVIDERS = 'No allowed providers are available for the selected model.';

/**
 * What OpenRouter says, as far as its documents and answers show it: a provider or model that is not allowed, a data
 * policy that nobody keeps to, and a model that there is not.
 */
export const openrouterWording: WordBlock = (input) => {
  switch (input.layer) {
    case 'provider_lists':
      return coded(providers(input, "your account's allowed-providers setting"), input.httpStatus);
    case 'model_lists':
      return coded(models(input), input.httpStatus);
    case 'request_filters':
      return filtered(input);
    case 'requirements':
      return openrouterDataPolicy(input, bodiesFor);
    case 'catalog':
      return input.code === 'unknown_model' ? unknownModel(input) : undefined;
    case 'identity':
      return undefined;
  }
};

/**
 * Why nobody is left. A guardrail's words are not known, and where a list judged the mere name of a provider, it is
 * not said to serve the model.
 */
function providers(input: WordingInput, what: string): string {
  const { model, providerList, permittedList, contact } = input;
  const isOfRequest = input.layer === 'request_filters';
  const isOfAccount = input.httpStatus === NOT_FOUND && input.requirement !== '';
  const isTold = model !== '' && input.providers.length > 0 && permittedList !== '';
  if (!isTold || !(isOfRequest || isOfAccount)) return withContact(NO_PROVIDERS, input);
  const why = `${NO_PROVIDERS} Providers serving ${model}: ${providerList}, but ${what} permits only: ${permittedList}.`;
  if (isOfRequest) return withContact(why, input);
  return `${why} ${contact ?? `To change your allowed providers, visit: ${SETTINGS_URL}.`}`;
}

function models({ contact }: WordingInput): string {
  const message = 'No models match your request and model restrictions';
  return contact === undefined ? message : `${message}. ${contact}`;
}

function withContact(message: string, { contact }: WordingInput): string {
  return contact === undefined ? message : `${message} ${contact}`;
}

/** Filters that choose providers have words of their own; the others are conditions on data and constraints. */
function filtered(input: WordingInput): WordedBlock {
  return (
    openrouterDataPolicy(input, bodiesFor) ??
    coded(providers(input, "your request's provider.only preference"), NOT_FOUND)
  );
}

function unknownModel(input: WordingInput): WordedBlock {
  return openrouterAvailability(input, bodiesFor, {
    message: withContact(`${input.model} is not a valid model ID.`, input),
    code: 'model_not_found',
    httpStatus: 400,
    errorType: 'invalid_request',
  });
}

function coded(message: string, code: number): WordedBlock {
  return {
    message,
    httpStatus: code,
    body: bodiesFor((text) => ({ error: { code, message: text } })),
  };
}

/** The body is shown for OpenRouter's own API and its OpenAI forms; other clients read other envelopes. */
function bodiesFor(make: (message: string) => object): WordedBlock['body'] {
  return (message, api) => (isOpenaiForm(api) ? make(message) : undefined);
}
