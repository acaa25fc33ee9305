import { claimantOf, ControlFault, controlHeaders, SCOPE, shown } from './control-headers';
import type { Claimant, ControlWords } from './control-headers';

/** What a proxy itself says of a request that it asks about. */
export interface ProxyControl extends Claimant {
  /** The model, as the proxy knows it without showing the body. */
  readonly model?: string;
  /** The hop to the provider leaves no routing field but the one model. */
  readonly hopClearsRoutingFields: boolean;
  /** The hop writes the target's own path, with its model, region and account. */
  readonly hopWritesPath: boolean;
  /** The status in the place of every other one of 4xx, for proxies that tell their clients few. */
  readonly denialStatus?: number;
}

const MODEL = 'x-ambit-model';
const ROUTING_FIELDS = 'x-ambit-routing-fields';
const CLEARED = 'cleared';
const PATH = 'x-ambit-path';
const REWRITTEN = 'rewritten';
const DENY_STATUS = 'x-ambit-deny-status';

/** Both deny wherever a status denies. */
const DENIAL_STATUSES: ReadonlyMap<string, number> = new Map([
  ['401', 401],
  ['403', 403],
]);

/** Preferences of end clients are part of the request that is asked about. */
const WORDS: ControlWords = {
  prefixes: ['x-ambit-'],
  names: [MODEL, ROUTING_FIELDS, PATH, DENY_STATUS],
};

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
    hopClearsRoutingFields: states(headers, ROUTING_FIELDS, CLEARED),
    hopWritesPath: states(headers, PATH, REWRITTEN),
    ...(denialStatus === undefined ? {} : { denialStatus }),
  };
}

/** True if a header has the one value that it may have. */
function states(headers: ReadonlyMap<string, string>, name: string, known: string): boolean {
  const stated = headers.get(name);
  if (stated === undefined || stated === known) return stated === known;
  const wanted = `known is \`${name}: ${known}\``;
  throw new ControlFault(`\`${name}: ${shown(stated)}\` is not known; ${wanted}`);
}

function denialStatusOf(stated: string | undefined): number | undefined {
  const denialStatus = stated === undefined ? undefined : DENIAL_STATUSES.get(stated);
  if (stated === undefined || denialStatus !== undefined) return denialStatus;
  const known = [...DENIAL_STATUSES.keys()].join(' and ');
  throw new ControlFault(`\`${DENY_STATUS}: ${shown(stated)}\` is not known; known are ${known}`);
}
