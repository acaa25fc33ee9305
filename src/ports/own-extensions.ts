import { APIS } from '../core/model/api';
import type { Api } from '../core/model/api';

/** Keys of Envoy's `context_extensions` with this prefix speak to Ambit; all others are scope keys. */
const OWN_PREFIX = 'ambit.';

/** States that the hop to each provider leaves no routing field but the one model: `cleared`. */
export const ROUTING_FIELDS = 'ambit.routing_fields';
export const CLEARED = 'cleared';

/** States that the hop writes the target's own path: `rewritten`. */
export const PATH = 'ambit.path';
export const REWRITTEN = 'rewritten';

/** Names the request header that holds the model. */
export const MODEL_HEADER = 'ambit.model_header';

/** Names the API that lists of models are for. */
export const MODELS_API = 'ambit.models_api';

/** The name of a header as Envoy hands it over. */
const HEADER_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Headers that mean something else: ours, Envoy's, and preferences. */
const TAKEN =
  /^(?:x-ambit-|ambit-prefer-|x-envoy-|x-llmgateway-)|^(?:content-type|content-encoding)$/;

/** The keys, each with the values that it may have; see docs/envoy.md. */
const OWN_KEYS: ReadonlyMap<string, (value: string) => boolean> = new Map([
  [ROUTING_FIELDS, (value) => value === CLEARED],
  [PATH, (value) => value === REWRITTEN],
  [MODEL_HEADER, (value) => HEADER_NAME.test(value) && !TAKEN.test(value)],
  [MODELS_API, (value) => apiNamed(value) !== undefined],
]);

/** The keys and values that there are, for messages. */
export const KNOWN_EXTENSIONS = `known are \`${ROUTING_FIELDS}: ${CLEARED}\`, \`${PATH}: ${REWRITTEN}\`, \`${MODEL_HEADER}: NAME\` with the name of a request header in small letters, and \`${MODELS_API}: API\``;

/** True for scope keys, and for what speaks to Ambit in words that it knows. */
export function isKnownExtension(key: string, value: string): boolean {
  return !key.startsWith(OWN_PREFIX) || OWN_KEYS.get(key)?.(value) === true;
}

/** The scope keys among extensions; the tenant is none of them. */
export function scopeIn(extensions: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    [...extensions].filter(([key]) => key !== 'tenant' && !key.startsWith(OWN_PREFIX)),
  );
}

/** The API of this name. */
export function apiNamed(name: string | undefined): Api | undefined {
  return APIS.find((api) => api === name);
}
