import { MAX_ID_BYTES, MAX_KEY_BYTES, MAX_MAP_ENTRIES, MAX_VALUE_BYTES } from '../limits';
import { exceedsBytes } from '../text-size';

/** What Envoy's configuration, and never the end client, says of a request. */
export interface Extensions {
  readonly tenant?: string;
  /** Scope keys other than the tenant. */
  readonly scope: ReadonlyMap<string, string>;
  /** The operator states that the hop to each provider leaves no routing field but the one model. */
  readonly hopClearsRoutingFields: boolean;
}

/** Extensions, or what is wrong with them. */
export type ExtensionsReading = Extensions | { readonly fault: string };

/** Keys with this prefix speak to Ambit; all others are scope keys. */
const OWN_PREFIX = 'ambit.';

/** `ambit.routing_fields: cleared`, see docs/envoy.md. */
const ROUTING_FIELDS = 'ambit.routing_fields';
const CLEARED = 'cleared';

/** Reads the context extensions of a virtual host or route. */
export function readExtensions(map: ReadonlyMap<string, string>): ExtensionsReading {
  const problem = problemOf(map);
  if (problem !== undefined) return { fault: `\`attributes.context_extensions\` ${problem}` };
  const tenant = map.get('tenant');
  return {
    ...(tenant === undefined ? {} : { tenant }),
    scope: new Map([...map].filter(([key]) => key !== 'tenant' && !key.startsWith(OWN_PREFIX))),
    hopClearsRoutingFields: map.get(ROUTING_FIELDS) === CLEARED,
  };
}

function problemOf(map: ReadonlyMap<string, string>): string | undefined {
  if (map.size > MAX_MAP_ENTRIES) return `has more than ${String(MAX_MAP_ENTRIES)} entries`;
  for (const [key, value] of map) {
    if (key === '' || exceedsBytes(key, MAX_KEY_BYTES)) {
      return `has a key that is empty or over ${String(MAX_KEY_BYTES)} bytes`;
    }
    const limitBytes = key === 'tenant' ? MAX_ID_BYTES : MAX_VALUE_BYTES;
    if (exceedsBytes(value, limitBytes)) {
      return `has a value of more than ${String(limitBytes)} bytes under \`${key}\``;
    }
    if (key.startsWith(OWN_PREFIX) && !(key === ROUTING_FIELDS && value === CLEARED)) {
      return `has \`${key}: ${value}\`, which is not known; known is \`${ROUTING_FIELDS}: ${CLEARED}\``;
    }
  }
  return undefined;
}
