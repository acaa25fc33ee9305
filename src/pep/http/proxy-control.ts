import { claimantOf, ControlFault, controlHeaders, SCOPE, shown } from './control-headers';
import type { Claimant, ControlWords } from './control-headers';

/** What a proxy itself says of a request that it asks about. */
export interface ProxyControl extends Claimant {
  /** The model, as the proxy knows it without showing the body. */
  readonly model?: string;
  /** The hop to the provider leaves no routing field but the one model. */
  readonly hopClearsRoutingFields: boolean;
}

const MODEL = 'x-ambit-model';
const ROUTING_FIELDS = 'x-ambit-routing-fields';
const CLEARED = 'cleared';

/** Preferences of end clients are part of the request that is asked about. */
const WORDS: ControlWords = { prefixes: ['x-ambit-'], names: [MODEL, ROUTING_FIELDS] };

/** Scope keys in whose names Ambit would be spoken to, where scopes and that stand in one map. */
const OWN_SCOPE = `${SCOPE}ambit.`;

/** Reads what a proxy says; throws a ControlFault. */
export function readProxyControl(rawHeaders: readonly string[]): ProxyControl {
  const headers = controlHeaders(rawHeaders, WORDS);
  const own = [...headers.keys()].find((name) => name.startsWith(OWN_SCOPE));
  if (own !== undefined) throw new ControlFault(`\`${shown(own)}\` is no scope key`);
  const model = headers.get(MODEL);
  return {
    ...claimantOf(headers),
    ...(model === undefined ? {} : { model }),
    hopClearsRoutingFields: isCleared(headers.get(ROUTING_FIELDS)),
  };
}

function isCleared(stated: string | undefined): boolean {
  if (stated === undefined || stated === CLEARED) return stated === CLEARED;
  const wanted = `known is \`${ROUTING_FIELDS}: ${CLEARED}\``;
  throw new ControlFault(`\`${ROUTING_FIELDS}: ${shown(stated)}\` is not known; ${wanted}`);
}
