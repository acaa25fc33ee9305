import { claimantOf, ControlFault, controlHeaders, SCOPE, shown } from './control-headers';
import type { Claimant, ControlWords } from './control-headers';

/** What a proxy itself says of a request that it asks about. */
export interface ProxyControl extends Claimant {
  /** The model, as the proxy knows it without showing the body. */
  readonly model?: string;
  /** The hop to the provider leaves no routing field but the one model. */
  readonly hopClearsRoutingFields: boolean;
  /** The status in the place of every other one of 4xx, for proxies that tell their clients few. */
  readonly denialStatus?: number;
}

const MODEL = 'x-ambit-model';
const ROUTING_FIELDS = 'x-ambit-routing-fields';
const CLEARED = 'cleared';
const DENY_STATUS = 'x-ambit-deny-status';

/** Both deny wherever a status denies. */
const DENIAL_STATUSES: ReadonlyMap<string, number> = new Map([
  ['401', 401],
  ['403', 403],
]);

/** Preferences of end clients are part of the request that is asked about. */
const WORDS: ControlWords = { prefixes: ['x-ambit-'], names: [MODEL, ROUTING_FIELDS, DENY_STATUS] };

/** Scope keys in whose names Ambit would be spoken to, where scopes and that stand in one map. */
const OWN_SCOPE = `${SCOPE}ambit.`;

/** Reads what a proxy says; throws a ControlFault. */
export function readProxyControl(rawHeaders: readonly string[]): ProxyControl {
  const headers = controlHeaders(rawHeaders, WORDS);
  const own = [...headers.keys()].find((name) => name.startsWith(OWN_SCOPE));
  if (own !== undefined) throw new ControlFault(`\`${shown(own)}\` is no scope key`);
  const model = headers.get(MODEL);
  const denialStatus = denialStatusOf(headers.get(DENY_STATUS));
  return {
    ...claimantOf(headers),
    ...(model === undefined ? {} : { model }),
    hopClearsRoutingFields: isCleared(headers.get(ROUTING_FIELDS)),
    ...(denialStatus === undefined ? {} : { denialStatus }),
  };
}

function isCleared(stated: string | undefined): boolean {
  if (stated === undefined || stated === CLEARED) return stated === CLEARED;
  const wanted = `known is \`${ROUTING_FIELDS}: ${CLEARED}\``;
  throw new ControlFault(`\`${ROUTING_FIELDS}: ${shown(stated)}\` is not known; ${wanted}`);
}

function denialStatusOf(stated: string | undefined): number | undefined {
  const denialStatus = stated === undefined ? undefined : DENIAL_STATUSES.get(stated);
  if (stated === undefined || denialStatus !== undefined) return denialStatus;
  const known = [...DENIAL_STATUSES.keys()].join(' and ');
  throw new ControlFault(`\`${DENY_STATUS}: ${shown(stated)}\` is not known; known are ${known}`);
}
