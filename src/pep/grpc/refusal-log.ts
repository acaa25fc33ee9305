import type { Logger } from 'pino';

import type { RefusalReason } from '../../ports/telemetry';
import type { Caller } from '../../service/caller-rights';
import type { CallFailure } from '../incoming';

/** Refusals that tell of an attack or of a wrong configuration. Others are counted only. */
const LOGGED: ReadonlySet<RefusalReason> = new Set<RefusalReason>(['identity', 'rights']);

/** Records of one second; whoever is refused a thousand times a second must not fill the disk. */
const MAX_A_SECOND = 10;
const SECOND_MS = 1000;

/** Tells of refusals, and of clients that do not even get through a handshake. */
export interface RefusalLog {
  refused(address: string, failure: CallFailure, caller: Caller | undefined): void;
  handshakeFailed(address: string, reason: string): void;
  connectionRefused(address: string): void;
  /** A connection was closed because of what its client does. */
  sentAway(address: string, offence: string): void;
}

/** Creates a log that says how many records it has left out. */
export function createRefusalLog(log: Logger, nowMs: () => number): RefusalLog {
  let windowMs = -Infinity;
  let written = 0;
  let omitted = 0;
  const warn = (record: object, message: string): void => {
    const now = nowMs();
    if (now - windowMs >= SECOND_MS) {
      windowMs = now;
      written = 0;
    }
    if (written >= MAX_A_SECOND) {
      omitted += 1;
      return;
    }
    written += 1;
    log.warn(omitted === 0 ? record : { ...record, omitted }, message);
    omitted = 0;
  };
  return {
    refused: (address, { reason, details }, caller) => {
      if (!LOGGED.has(reason)) return;
      warn({ address, caller: caller?.name, reason, details }, 'call refused');
    },
    handshakeFailed: (address, reason) => {
      warn({ address, reason }, 'TLS handshake failed');
    },
    connectionRefused: (address) => {
      warn({ address }, 'connection refused: there are too many');
    },
    sentAway: (address, offence) => {
      warn({ address, offence }, 'connection closed: its client misbehaves');
    },
  };
}
