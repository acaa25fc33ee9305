import type { WordedBlock, WordingInput } from './worded-block';

/** Turns a body into one that only clients of OpenRouter's APIs are given. */
type BodiesFor = (make: (message: string) => object) => WordedBlock['body'];

/** What an answer with the reason of unavailability says. */
interface Availability {
  readonly message: string;
  readonly code: string;
  readonly httpStatus: number;
  readonly errorType: string;
  /** What excluded the providers that were considered. */
  readonly excludedBy?: string;
}

/** Filters of a request, and the one requirement of a policy, that are constraints and no data policy. */
const CONSTRAINTS = [
  'processing_regions',
  'quantizations',
  'max_price',
  'max_retention_days',
] as const;

/** What is lacking, by the requirement of a policy or the filter of a request that nobody meets. */
const LACKS: ReadonlyMap<string, (input: WordingInput, bodiesFor: BodiesFor) => WordedBlock> =
  new Map([
    ['zero_data_retention', zeroRetention],
    ['require_zero_data_retention', zeroRetention],
    ['no_training', training],
    ['require_no_training', training],
    ['data_collection', collection],
    ['deny_user_data_collection', collection],
    ...CONSTRAINTS.map((name) => [name, constraint] as const),
  ]);

/** The words where nobody keeps to what is required of the data; undefined where OpenRouter has none. */
export function openrouterDataPolicy(
  input: WordingInput,
  bodiesFor: BodiesFor,
): WordedBlock | undefined {
  return LACKS.get(input.requirement)?.(input, bodiesFor);
}

/** The words with the reason of unavailability, which clients read by its code. */
export function openrouterAvailability(
  { model, providers }: WordingInput,
  bodiesFor: BodiesFor,
  { message, code, httpStatus, errorType, excludedBy }: Availability,
): WordedBlock {
  const availability = {
    code,
    retryable: false,
    requested_models: model === '' ? [] : [model],
    affected_providers: providers,
    ...(excludedBy === undefined ? {} : { excluded_by: [excludedBy] }),
    docs_url: `https://openrouter.ai/docs/errors#${code}`,
  };
  const body = bodiesFor((text) => ({
    error: { message: text, error_type: errorType, http_status: httpStatus, availability },
  }));
  return { message, httpStatus, body };
}

function zeroRetention(input: WordingInput, bodiesFor: BodiesFor): WordedBlock {
  const contact = input.contact ?? 'Adjust at https://openrouter.ai/settings/privacy.';
  return openrouterAvailability(input, bodiesFor, {
    message: `No endpoints for ${nameOf(input)} match your data policy (zero data retention). ${contact}`,
    code: 'privacy_restricted',
    httpStatus: 404,
    errorType: 'not_found',
    excludedBy: 'data_policy:zdr',
  });
}

function training(input: WordingInput, bodiesFor: BodiesFor): WordedBlock {
  const tier = input.model.endsWith(':free') ? 'Free' : 'Paid';
  return dataPolicy(input, bodiesFor, ` (${tier} model training)`);
}

function collection(input: WordingInput, bodiesFor: BodiesFor): WordedBlock {
  return dataPolicy(input, bodiesFor, '');
}

function dataPolicy(input: WordingInput, bodiesFor: BodiesFor, which: string): WordedBlock {
  const contact = input.contact ?? 'Configure: https://openrouter.ai/settings/privacy';
  const code = 404;
  return {
    message: `No endpoints found matching your data policy${which}. ${contact}`,
    httpStatus: code,
    body: bodiesFor((message) => ({ error: { message, code } })),
  };
}

/** A region that a policy demands is one through which requests must arrive; one of the request is a constraint. */
function constraint(input: WordingInput, bodiesFor: BodiesFor): WordedBlock {
  const isForbidden = input.layer === 'requirements';
  const why = isForbidden
    ? `${nameOf(input)} is not available in the allowed data regions.`
    : `No endpoints for ${nameOf(input)} match the constraints of your request.`;
  const contact = input.contact === undefined ? '' : ` ${input.contact}`;
  return openrouterAvailability(input, bodiesFor, {
    message: `${why}${contact}`,
    code: isForbidden ? 'region_restricted' : 'constraint_filtered',
    httpStatus: isForbidden ? 403 : 404,
    errorType: isForbidden ? 'permission_denied' : 'not_found',
  });
}

function nameOf({ model }: WordingInput): string {
  return model === '' ? 'this request' : model;
}
