import type { Api } from '../../core/model/api';
import {
  apiNamed,
  CLEARED,
  isKnownExtension,
  KNOWN_EXTENSIONS,
  MODEL_HEADER,
  MODELS_API,
  PATH,
  ROUTING_FIELDS,
  scopeIn,
} from '../../ports/own-extensions';
import { MAX_ID_BYTES, MAX_KEY_BYTES, MAX_MAP_ENTRIES, MAX_VALUE_BYTES } from '../limits';
import { exceedsBytes } from '../text-size';

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

/** Reads the context extensions of a virtual host or route. */
export function readExtensions(map: ReadonlyMap<string, string>): ExtensionsReading {
  const problem = problemOf(map);
  if (problem !== undefined) return { fault: `\`attributes.context_extensions\` ${problem}` };
  const tenant = map.get('tenant');
  const modelHeader = map.get(MODEL_HEADER);
  const modelsApi = apiNamed(map.get(MODELS_API));
  return {
    ...(tenant === undefined ? {} : { tenant }),
    scope: scopeIn(map),
    hopClearsRoutingFields: map.has(ROUTING_FIELDS),
    hopWritesPath: map.has(PATH),
    ...(modelHeader === undefined ? {} : { modelHeader }),
    ...(modelsApi === undefined ? {} : { modelsApi }),
  };
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
  if (isKnownExtension(key, value)) return undefined;
  return `has \`${key}: ${value}\`, which is not known; ${KNOWN_EXTENSIONS}`;
}
