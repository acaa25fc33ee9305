import type { TestCheck } from '../../pep/ext-authz/support/check-server';
import { scopeOf } from './ask';
import type { Ask, Json } from './trick';

/** Paths of the apis that Check reads. */
const PATHS: Readonly<Record<string, string>> = {
  API_RESPONSES: '/v1/responses',
  API_MESSAGES: '/v1/messages',
  API_EMBEDDINGS: '/v1/embeddings',
};

/** The Check that says what the context of an ask says, as a client would write it. */
export function checkOf(ask: Ask): TestCheck {
  const { context = {}, check } = ask;
  const { model, models, api, preferences } = context;
  const { tenant, scope } = scopeOf(ask);
  return {
    path: PATHS[String(api)] ?? '/v1/chat/completions',
    body: {
      model,
      ...(models === undefined ? {} : { models }),
      ...(preferences === undefined ? {} : { provider: openRouterOf(preferences as Json) }),
    },
    extensions: {
      ...(tenant === undefined ? {} : { tenant }),
      ...Object.fromEntries(scope),
      'ambit.routing_fields': 'cleared',
    },
    ...check,
  };
}

/** The preferences in OpenRouter's words, which Check reads from a body. */
function openRouterOf({
  zero_data_retention: zdr,
  data_collection: collection,
  ...rest
}: Json): Json {
  return {
    ...rest,
    ...(zdr === undefined ? {} : { zdr }),
    ...(collection === undefined ? {} : { data_collection: wordOf(collection) }),
  };
}

const wordOf = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace('DATA_COLLECTION_', '').toLowerCase() : value;
