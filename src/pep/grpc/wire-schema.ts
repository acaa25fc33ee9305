import { Api, DataCollection, ModelIdStyle } from '../../gen/ambit/v1/context';
import { Detail } from '../../gen/ambit/v1/request';

/** What a field's bytes must be. `int32` stands for enums, too. */
export type FieldType = 'string' | 'bool' | 'int32' | 'int64' | 'double' | MessageSchema;

/** One field of a message. */
export interface FieldSchema {
  readonly name: string;
  readonly type: FieldType;
  /** `one`: at most once; `list`: any number; `map`: texts by text, each key once. */
  readonly shape: 'one' | 'list' | 'map';
  /** Bit of the field, or of its oneof, among those that may be there once. 0 for lists and maps. */
  readonly onceBit: number;
  /** The numbers of an enum's values by name; other fields have none. */
  readonly enumValues?: EnumValues;
}

/** As generated: the name that stands for numbers of later versions is among them. */
type EnumValues = Readonly<Record<string, number>>;

/** A message that clients send, by field number. */
export interface MessageSchema {
  /** The full name in the contract. */
  readonly name: string;
  readonly fields: readonly (FieldSchema | undefined)[];
}

type FieldPlan = Omit<FieldSchema, 'onceBit'> & { readonly oneof?: string };

const one = (name: string, type: FieldType): FieldPlan => ({ name, type, shape: 'one' });
const list = (name: string, type: FieldType): FieldPlan => ({ name, type, shape: 'list' });
const oneEnum = (name: string, enumValues: EnumValues): FieldPlan => ({
  ...one(name, 'int32'),
  enumValues,
});
const map = (name: string): FieldPlan => ({ name, type: MAP_ENTRY, shape: 'map' });
const oneOf = (oneof: string, name: string, type: FieldType): FieldPlan => ({
  ...one(name, type),
  oneof,
});

/** Builds a message from its fields in the order of their numbers, which are 1, 2, 3 and so on. */
function message(name: string, ...plans: readonly FieldPlan[]): MessageSchema {
  const bits = new Map<string, number>();
  const fields = plans.map((plan): FieldSchema => {
    const group = plan.oneof ?? plan.name;
    if (plan.shape === 'one' && !bits.has(group)) bits.set(group, 1 << bits.size);
    const { shape, type, enumValues } = plan;
    const field = { name: plan.name, type, shape, onceBit: bits.get(group) ?? 0 };
    return enumValues === undefined ? field : { ...field, enumValues };
  });
  return { name, fields: [undefined, ...fields] };
}

const MAP_ENTRY: MessageSchema = message('', one('key', 'string'), one('value', 'string'));

/** A list whose presence counts; in JSON it is a plain array. */
export const STRING_LIST = message('ambit.v1.StringList', list('values', 'string'));

const MAX_PRICE = message(
  'ambit.v1.MaxPrice',
  one('prompt', 'double'),
  one('completion', 'double'),
);

const PREFERENCES = message(
  'ambit.v1.Preferences',
  one('only', STRING_LIST),
  one('ignore', STRING_LIST),
  one('order', STRING_LIST),
  one('allow_fallbacks', 'bool'),
  one('zero_data_retention', 'bool'),
  one('no_training', 'bool'),
  oneEnum('data_collection', DataCollection),
  one('max_retention_days', 'int32'),
  one('processing_regions', STRING_LIST),
  one('quantizations', STRING_LIST),
  one('max_price', MAX_PRICE),
);

/** RequestContext. */
export const CONTEXT_SCHEMA = message(
  'ambit.v1.RequestContext',
  one('tenant', 'string'),
  map('scope'),
  one('model', 'string'),
  list('models', 'string'),
  oneEnum('model_id_style', ModelIdStyle),
  oneEnum('api', Api),
  list('features', 'string'),
  one('preferences', PREFERENCES),
  map('attributes'),
);

const CLAIM_INPUT = message(
  'ambit.v1.ClaimInput',
  one('name', 'string'),
  oneOf('value', 'bool_value', 'bool'),
  oneOf('value', 'number_value', 'double'),
  oneOf('value', 'string_value', 'string'),
  oneOf('value', 'list_value', STRING_LIST),
  one('expires_at', 'string'),
  { ...list('apis', 'int32'), enumValues: Api },
  list('features', 'string'),
);

/** Candidate. */
export const CANDIDATE_SCHEMA = message(
  'ambit.v1.Candidate',
  one('ref', 'string'),
  one('target', 'string'),
  one('provider', 'string'),
  one('model', 'string'),
  one('region', 'string'),
  one('endpoint', 'string'),
  one('credential', 'string'),
  list('claims', CLAIM_INPUT),
);

const MIN_BUNDLE = message(
  'ambit.v1.MinBundle',
  oneOf('bound', 'revision', 'int64'),
  oneOf('bound', 'digest', 'string'),
);

/** DecideRequest. */
export const DECIDE_SCHEMA = message(
  'ambit.v1.DecideRequest',
  one('request_id', 'string'),
  one('context', CONTEXT_SCHEMA),
  list('candidates', CANDIDATE_SCHEMA),
  oneEnum('detail', Detail),
  one('min_bundle', MIN_BUNDLE),
);

/** Fields of DecideRequest that are read part by part: request id, context, candidates. */
const PARTS = 3;

/** A DecideRequest from which these parts have been taken: none of them may come again. */
export const DECIDE_REST_SCHEMA: MessageSchema = {
  name: DECIDE_SCHEMA.name,
  fields: DECIDE_SCHEMA.fields.map((field, number) => (number > PARTS ? field : undefined)),
};

/** DecideStreamRequest. */
export const DECIDE_STREAM_SCHEMA = message(
  'ambit.v1.DecideStreamRequest',
  one('request', DECIDE_SCHEMA),
);

/** ListEligibleRequest. */
export const LIST_SCHEMA = message(
  'ambit.v1.ListEligibleRequest',
  one('context', CONTEXT_SCHEMA),
  one('page_size', 'int32'),
  one('page_token', 'string'),
  oneEnum('detail', Detail),
  one('min_bundle', MIN_BUNDLE),
);

/** GetStatusRequest. */
export const STATUS_SCHEMA = message('ambit.v1.GetStatusRequest');

/** GetCatalogRequest. */
export const CATALOG_SCHEMA = message(
  'ambit.v1.GetCatalogRequest',
  one('page_size', 'int32'),
  one('page_token', 'string'),
);

/** ExplainRequest. */
export const EXPLAIN_SCHEMA = message('ambit.v1.ExplainRequest', one('request', DECIDE_SCHEMA));

/** Everything that clients send. */
export const REQUEST_SCHEMAS: readonly MessageSchema[] = [
  DECIDE_SCHEMA,
  DECIDE_STREAM_SCHEMA,
  LIST_SCHEMA,
  STATUS_SCHEMA,
  CATALOG_SCHEMA,
  EXPLAIN_SCHEMA,
];
