import type { Message } from './client';

/** One field in one form, in a request that would else be allowed, and what the service makes of it. */
export interface FieldCase {
  /** As in `Preferences.only`. */
  readonly field: string;
  readonly form: 'absent' | 'zero' | 'empty';
  readonly method?: 'Decide' | 'DecideStream' | 'ListEligible' | 'GetCatalog' | 'Explain';
  readonly request: Message;
  /** What is eligible, or listed; else the code of the block, or the status of the call. */
  readonly gives: string;
}

const ALLOWED = 'acme/large';
const ALL_TARGETS = 'acme/large boreal/large cirrus/large';

const CONTEXT = { tenant: 'red', api: 'API_CHAT_COMPLETIONS' };
const CANDIDATE = { ref: 'acme/large', target: 'acme/large' };
const REQUEST = { context: CONTEXT, candidates: [CANDIDATE] };

/** A claim that says what the catalog says, too. */
const CLAIM = { name: 'training_opt_out', bool_value: true };

type Form = readonly [field: string, form: FieldCase['form'], value: unknown, gives: string];

/** Fields of one message, laid over a base by `place`. */
function cases(
  message: string,
  place: (part: Message) => Message,
  forms: readonly Form[],
  method: FieldCase['method'] = 'Decide',
): readonly FieldCase[] {
  return forms.map(([field, form, value, gives]) => ({
    field: `${message}.${field}`,
    form,
    method,
    request: place(value === undefined ? {} : { [field]: value }),
    gives,
  }));
}

const inContext = (part: Message): Message => ({ ...REQUEST, context: { ...CONTEXT, ...part } });
const inPreferences = (part: Message): Message => inContext({ preferences: part });
const inList = (values: Message): Message => inPreferences({ ignore: values });
const inPrice = (part: Message): Message => inPreferences({ max_price: part });
const inCandidate = (part: Message): Message => ({
  ...REQUEST,
  candidates: [{ ...CANDIDATE, ...part }],
});
const inClaim = (part: Message): Message => inCandidate({ claims: [{ ...CLAIM, ...part }] });
const onlyInClaim = (part: Message): Message =>
  inCandidate({ claims: [{ name: 'training_opt_out', ...part }] });

/** Every field in every form. */
export const FIELD_CASES: readonly FieldCase[] = [
  ...cases('DecideRequest', (part) => ({ ...REQUEST, ...part }), [
    ['request_id', 'absent', undefined, ALLOWED],
    ['request_id', 'empty', '', ALLOWED],
    ['detail', 'absent', undefined, ALLOWED],
    ['detail', 'zero', 'DETAIL_UNSPECIFIED', ALLOWED],
    ['min_bundle', 'absent', undefined, ALLOWED],
    ['min_bundle', 'empty', {}, 'INVALID_ARGUMENT'],
    ['context', 'empty', {}, 'tenant_required'],
    ['candidates', 'empty', [], 'no_candidates'],
  ]),
  ...cases('DecideRequest', () => ({ candidates: [CANDIDATE] }), [
    ['context', 'absent', undefined, 'tenant_required'],
  ]),
  ...cases('DecideRequest', () => ({ context: CONTEXT }), [
    ['candidates', 'absent', undefined, 'no_candidates'],
  ]),
  ...cases('MinBundle', (part) => ({ ...REQUEST, min_bundle: part }), [
    ['revision', 'absent', undefined, 'INVALID_ARGUMENT'],
    ['revision', 'zero', '0', ALLOWED],
    ['digest', 'absent', undefined, 'INVALID_ARGUMENT'],
    ['digest', 'empty', '', 'bundle_too_old'],
  ]),
  ...cases('RequestContext', inContext, [
    ['tenant', 'empty', '', 'unknown_tenant'],
    ['scope', 'absent', undefined, ALLOWED],
    ['scope', 'empty', {}, ALLOWED],
    ['model', 'absent', undefined, ALLOWED],
    ['model', 'empty', '', 'invalid_request'],
    ['models', 'absent', undefined, ALLOWED],
    ['models', 'empty', [], ALLOWED],
    ['model_id_style', 'absent', undefined, ALLOWED],
    ['model_id_style', 'zero', 'MODEL_ID_STYLE_UNSPECIFIED', ALLOWED],
    ['api', 'zero', 'API_UNSPECIFIED', ALLOWED],
    ['features', 'absent', undefined, ALLOWED],
    ['features', 'empty', [], ALLOWED],
    ['preferences', 'absent', undefined, ALLOWED],
    ['preferences', 'empty', {}, ALLOWED],
    ['attributes', 'absent', undefined, ALLOWED],
    ['attributes', 'empty', {}, ALLOWED],
  ]),
  ...cases('RequestContext', () => ({ ...REQUEST, context: { tenant: 'red' } }), [
    ['api', 'absent', undefined, ALLOWED],
  ]),
  ...cases('RequestContext', () => ({ ...REQUEST, context: { api: CONTEXT.api } }), [
    ['tenant', 'absent', undefined, 'tenant_required'],
  ]),
  ...cases('Preferences', inPreferences, [
    ['only', 'absent', undefined, ALLOWED],
    ['only', 'empty', { values: [] }, 'request_filters_leave_none'],
    ['ignore', 'absent', undefined, ALLOWED],
    ['ignore', 'empty', { values: [] }, ALLOWED],
    ['order', 'absent', undefined, ALLOWED],
    ['order', 'empty', { values: [] }, ALLOWED],
    ['allow_fallbacks', 'absent', undefined, ALLOWED],
    ['allow_fallbacks', 'zero', false, ALLOWED],
    ['zero_data_retention', 'absent', undefined, ALLOWED],
    ['zero_data_retention', 'zero', false, ALLOWED],
    ['no_training', 'absent', undefined, ALLOWED],
    ['no_training', 'zero', false, ALLOWED],
    ['data_collection', 'absent', undefined, ALLOWED],
    ['data_collection', 'zero', 'DATA_COLLECTION_UNSPECIFIED', ALLOWED],
    ['max_retention_days', 'absent', undefined, ALLOWED],
    ['max_retention_days', 'zero', 0, ALLOWED],
    ['processing_regions', 'absent', undefined, ALLOWED],
    ['processing_regions', 'empty', { values: [] }, 'request_filters_leave_none'],
    ['quantizations', 'absent', undefined, ALLOWED],
    ['quantizations', 'empty', { values: [] }, 'request_filters_leave_none'],
    ['max_price', 'absent', undefined, ALLOWED],
    ['max_price', 'empty', {}, ALLOWED],
  ]),
  ...cases('StringList', inList, [
    ['values', 'absent', undefined, ALLOWED],
    ['values', 'empty', [], ALLOWED],
  ]),
  ...cases('MaxPrice', inPrice, [
    ['prompt', 'absent', undefined, ALLOWED],
    ['prompt', 'zero', 0, 'request_filters_leave_none'],
    ['completion', 'absent', undefined, ALLOWED],
    ['completion', 'zero', 0, 'request_filters_leave_none'],
  ]),
  ...cases('Candidate', inCandidate, [
    ['ref', 'empty', '', 'INVALID_ARGUMENT'],
    ['target', 'empty', '', 'unknown_target'],
    ['provider', 'absent', undefined, ALLOWED],
    ['provider', 'empty', '', 'unknown_target'],
    ['model', 'absent', undefined, ALLOWED],
    ['model', 'empty', '', 'unknown_target'],
    ['region', 'absent', undefined, ALLOWED],
    ['region', 'empty', '', ALLOWED],
    ['endpoint', 'absent', undefined, ALLOWED],
    ['endpoint', 'empty', '', 'unknown_target'],
    ['credential', 'absent', undefined, ALLOWED],
    ['credential', 'empty', '', 'no_compliant_provider'],
    ['claims', 'absent', undefined, ALLOWED],
    ['claims', 'empty', [], ALLOWED],
  ]),
  ...cases('Candidate', () => ({ ...REQUEST, candidates: [{ target: 'acme/large' }] }), [
    ['ref', 'absent', undefined, ALLOWED],
  ]),
  ...cases('Candidate', () => ({ ...REQUEST, candidates: [{ ref: 'x' }] }), [
    ['target', 'absent', undefined, 'unknown_target'],
  ]),
  ...cases('ClaimInput', inClaim, [
    ['name', 'empty', '', 'INVALID_ARGUMENT'],
    ['expires_at', 'absent', undefined, ALLOWED],
    ['expires_at', 'empty', '', 'INVALID_ARGUMENT'],
    ['apis', 'absent', undefined, ALLOWED],
    ['apis', 'empty', [], ALLOWED],
    ['features', 'absent', undefined, ALLOWED],
    ['features', 'empty', [], ALLOWED],
  ]),
  ...cases('ClaimInput', () => inCandidate({ claims: [{ bool_value: true }] }), [
    ['name', 'absent', undefined, 'INVALID_ARGUMENT'],
  ]),
  ...cases('ClaimInput', onlyInClaim, [
    ['bool_value', 'absent', undefined, 'INVALID_ARGUMENT'],
    ['bool_value', 'zero', false, 'no_compliant_provider'],
    ['number_value', 'absent', undefined, 'INVALID_ARGUMENT'],
    ['number_value', 'zero', 0, 'INVALID_ARGUMENT'],
    ['string_value', 'absent', undefined, 'INVALID_ARGUMENT'],
    ['string_value', 'empty', '', 'INVALID_ARGUMENT'],
    ['list_value', 'absent', undefined, 'INVALID_ARGUMENT'],
    ['list_value', 'empty', { values: [] }, 'INVALID_ARGUMENT'],
  ]),
  ...cases(
    'ListEligibleRequest',
    (part) => ({ context: CONTEXT, ...part }),
    [
      ['context', 'empty', {}, 'tenant_required'],
      ['page_size', 'absent', undefined, ALLOWED],
      ['page_size', 'zero', 0, ALLOWED],
      ['page_token', 'absent', undefined, ALLOWED],
      ['page_token', 'empty', '', ALLOWED],
      ['detail', 'absent', undefined, ALLOWED],
      ['detail', 'zero', 'DETAIL_UNSPECIFIED', ALLOWED],
      ['min_bundle', 'absent', undefined, ALLOWED],
      ['min_bundle', 'empty', {}, 'INVALID_ARGUMENT'],
    ],
    'ListEligible',
  ),
  ...cases(
    'ListEligibleRequest',
    () => ({}),
    [['context', 'absent', undefined, 'tenant_required']],
    'ListEligible',
  ),
  ...cases(
    'DecideStreamRequest',
    (part) => part,
    [
      ['request', 'absent', undefined, 'INVALID_ARGUMENT'],
      ['request', 'empty', {}, 'INVALID_ARGUMENT'],
    ],
    'DecideStream',
  ),
  ...cases(
    'ExplainRequest',
    (part) => part,
    [
      ['request', 'absent', undefined, 'INVALID_ARGUMENT'],
      ['request', 'empty', {}, 'tenant_required'],
    ],
    'Explain',
  ),
  ...cases(
    'GetCatalogRequest',
    (part) => part,
    [
      ['page_size', 'absent', undefined, ALL_TARGETS],
      ['page_size', 'zero', 0, ALL_TARGETS],
      ['page_token', 'absent', undefined, ALL_TARGETS],
      ['page_token', 'empty', '', ALL_TARGETS],
    ],
    'GetCatalog',
  ),
];
