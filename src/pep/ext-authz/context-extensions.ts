import { APIS } from '../../core/model/api';
import type { Api } from '../../core/model/api';
import { MAX_ID_BYTES, MAX_KEY_BYTES, MAX_MAP_ENTRIES, MAX_VALUE_BYTES } from '../limits';
import { exceedsBytes } from '../text-size';
import { isModelHeader } from './model-header';

/** What Envoy's configuration, and never the end client, says of a request. */
export interface Extensions {
  readonly tenant?: string;
  /** Scope keys other than the tenant. */
  readonly scope: ReadonlyMap<string, string>;
  /** The operator states that the hop to each provider leaves no routing field but the one model. */
  readonly hopClearsRoutingFields: boolean;
  /** The operator states that the hop writes the target's own path, with its model, region and account. */
  readonly hopWritesPath: boolean;
  /** The request header that holds the model. */
  readonly modelHeader?: string;
  /** The API that lists of models are for. */
  readonly modelsApi?: Api;
}

/** Extensions, or what is wrong with them. */
export type ExtensionsReading = Extensions | { readonly fault: string };

/** Keys with this prefix speak to Ambit; all others are scope keys. */
const OWN_PREFIX = 'ambit.';

const ROUTING_FIELDS = 'ambit.routing_fields';
const CLEARED = 'cleared';
const PATH = 'ambit.path';
const REWRITTEN = 'rewritten';
const MODEL_HEADER = 'ambit.model_header';
const MODELS_API = 'ambit.models_api';

/** The keys that speak to Ambit, each with the values that it may have; see docs/envoy.md. */
const OWN_KEYS: ReadonlyMap<string, (value: string) => boolean> = new Map([
  [ROUTING_FIELDS, (value) => value === CLEARED],
  [PATH, (value) => value === REWRITTEN],
  [MODEL_HEADER, isModelHeader],
  [MODELS_API, (value) => apiOf(value) !== undefined],
]);

const KNOWN = `known are \`${ROUTING_FIELDS}: ${CLEARED}\`, \`${PATH}: ${REWRITTEN}\`, \`${MODEL_HEADER}: NAME\` with the name of a request header in small letters, and \`${MODELS_API}: API\``;

/** Reads the context extensions of a virtual host or route. */
export function readExtensions(map: ReadonlyMap<string, string>): ExtensionsReading {
  const problem = problemOf(map);
  if (problem !== undefined) return { fault: `\`attributes.context_extensions\` ${problem}` };
  const tenant = map.get('tenant');
  const modelHeader = map.get(MODEL_HEADER);
  const modelsApi = apiOf(map.get(MODELS_API));
  return {
    ...(tenant === undefined ? {} : { tenant }),
    scope: new Map([...map].filter(([key]) => key !== 'tenant' && !key.startsWith(OWN_PREFIX))),
    hopClearsRoutingFields: map.has(ROUTING_FIELDS),
    hopWritesPath: map.has(PATH),
    ...(modelHeader === undefined ? {} : { modelHeader }),
    ...(modelsApi === undefined ? {} : { modelsApi }),
  };
}

function apiOf(value: string | undefined): Api | undefined {
  return APIS.find((api) => api === value);
}

function problemOf(map: ReadonlyMap<string, string>): string | undefined {
  if (map.size > MAX_MAP_ENTRIES) return `has more than ${String(MAX_MAP_ENTRIES)} entries`;
  for (const [key, value] of map) {
    const problem = problemOfEntry(key, value);
    if (problem !== undefined) return problem;
  }
  if (!map.has(MODEL_HEADER) || map.has(ROUTING_FIELDS)) return undefined;
  return `has \`${MODEL_HEADER}\` without \`${ROUTING_FIELDS}: ${CLEARED}\`, so that the body could name another model`;
}

function problemOfEntry(key: string, value: string): string | undefined {
  if (key === '' || exceedsBytes(key, MAX_KEY_BYTES)) {
    return `has a key that is empty or over ${String(MAX_KEY_BYTES)} bytes`;
  }
  const limitBytes = key === 'tenant' ? MAX_ID_BYTES : MAX_VALUE_BYTES;
  if (exceedsBytes(value, limitBytes)) {
    return `has a value of more than ${String(limitBytes)} bytes under \`${key}\``;
  }
  if (!key.startsWith(OWN_PREFIX) || OWN_KEYS.get(key)?.(value) === true) return undefined;
  return `has \`${key}: ${value}\`, which is not known; ${KNOWN}`;
}
