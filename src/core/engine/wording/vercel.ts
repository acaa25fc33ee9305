import type { Api } from '../../model/api';
import { isOpenaiForm } from './openai-form';
import type { WordBlock, WordedBlock, WordingInput } from './worded-block';

/** Vercel's own words for whom to ask, which a configured contact replaces. */
const CONTACT = 'Contact the owner of the account for more details.';

/** The status that Vercel documents where no provider keeps to what is required of its data. */
const UNMET_STATUS = 400;

/** What is lacking, by the requirement of a policy or the filter of a request that nobody meets. */
const LACKS: ReadonlyMap<string, string> = new Map(
  (
    [
      ['No ZDR (Zero Data Retention) providers available', 'zero_data_retention'],
      ['No providers available that disallow prompt training', 'no_training'],
    ] as const
  ).flatMap(([lack, name]) => [
    [name, lack],
    [`require_${name}`, lack],
  ]),
);

/**
 * What AI Gateway says, as far as its documents show it: a provider or model that the team has not allowed, and
 * nobody left with zero data retention or without training on prompts.
 */
export const vercelWording: WordBlock = (input) => {
  switch (input.layer) {
    case 'provider_lists':
      return worded(`${restricted('provider', input)} ${considered(input)}`);
    case 'model_lists':
      return worded(restricted('model', input));
    case 'requirements':
    case 'request_filters':
      return unmet(input);
    case 'identity':
    case 'catalog':
      return undefined;
  }
};

function restricted(subject: 'provider' | 'model', { contact }: WordingInput): string {
  return `Your team has restricted access to this ${subject}. ${contact ?? CONTACT}`;
}

function considered({ providerList }: WordingInput): string {
  return `Providers considered: ${providerList}`;
}

/** Requirements of the team and filters of the request have one wording. */
function unmet(input: WordingInput): WordedBlock | undefined {
  const lack = LACKS.get(input.requirement);
  if (lack === undefined) return undefined;
  const contact = input.contact === undefined ? '' : ` ${input.contact}`;
  const message = `${lack} for model: ${input.model}.${contact} ${considered(input)}`;
  return { ...worded(message), httpStatus: UNMET_STATUS };
}

function worded(message: string): WordedBlock {
  return { message, body: bodyOf };
}

/** The body is shown for AI Gateway's own API and its OpenAI form; other clients read other envelopes. */
function bodyOf(message: string, api: Api | undefined): object | undefined {
  return isOpenaiForm(api) ? { error: { type: 'no_providers_available', message } } : undefined;
}
