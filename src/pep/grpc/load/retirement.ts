import type { ServerHttp2Session } from 'node:http2';

import type { GateSwitch } from './gate-switch';
import { isRetired, retireSession } from './open-sessions';
import { createTokenBucket } from './token-bucket';

/** What retiring needs. */
export interface RetirementParts {
  readonly nowMs: () => number;
  readonly gateSwitch: GateSwitch;
  /** True where who gives up a connection finds room for the next one. */
  readonly hasRoom: () => boolean;
}

/** Wasted calls of one connection, at once and over time, for which its client is left where it is. */
const WASTED_BURST = 50;
const WASTED_PER_SECOND = 20;

/** Clients that come anew at once and over time: each costs a connection, which may be a handshake of TLS. */
const RETIRED_BURST = 20;
const RETIRED_PER_SECOND = 5;

/** Milliseconds in which what a client has begun on its old connection must end, streams included. */
const RETIRED_MS = 60_000;

/**
 * Creates what counts the wasted calls of each connection beside the gate. While the gate is on, the clients of those that waste
 * much are to connect anew, through it.
 */
export function createRetirement({
  nowMs,
  gateSwitch,
  hasRoom,
}: RetirementParts): (session: ServerHttp2Session) => () => void {
  const retirements = createTokenBucket(RETIRED_BURST, RETIRED_PER_SECOND);
  return (session) => {
    const tolerated = createTokenBucket(WASTED_BURST, WASTED_PER_SECOND);
    return () => {
      if (session.closed || session.destroyed || isRetired(session)) return;
      gateSwitch.countWasted();
      const atMs = nowMs();
      if (tolerated.take(atMs) || !gateSwitch.isOn() || !hasRoom()) return;
      if (retirements.take(atMs)) retireSession(session, RETIRED_MS);
    };
  };
}
