import type { Logger } from 'pino';

import type { RefusalReason } from '../../ports/telemetry';
import type { Caller } from '../../service/caller-rights';
import type { CallFailure } from '../incoming';

/** Refusals that tell of an attack or of a wrong configuration. Others are counted only. */
const LOGGED: ReadonlySet<RefusalReason> = new Set<RefusalReason>(['identity', 'rights']);

/** Records of one kind in one second; whoever is refused a thousand times a second must not fill the disk. */
const MAX_A_SECOND = 10;
const SECOND_MS = 1000;

/** Tells of refusals, and of clients that do not even get through a handshake. */
export interface RefusalLog {
  refused(address: string, failure: CallFailure, caller: Caller | undefined): void;
  /** `peer` is the far end as `HOST:PORT`, as far as it is known. */
  handshakeFailed(address: string, reason: string, peer: string | undefined): void;
  connectionRefused(address: string): void;
  /** A connection was closed because of what its client does. */
  sentAway(address: string, offence: string): void;
}

interface Window {
  startMs: number;
  written: number;
  omitted: number;
}

/** Creates a log that says how many records it has left out. One kind of record never takes the room of another. */
export function createRefusalLog(log: Logger, nowMs: () => number): RefusalLog {
  const windows = new Map<string, Window>();
  const warn = (kind: string, record: object, message: string): void => {
    const now = nowMs();
    const window = windows.get(kind) ?? { startMs: now, written: 0, omitted: 0 };
    windows.set(kind, window);
    if (now - window.startMs >= SECOND_MS) {
      window.startMs = now;
      window.written = 0;
    }
    if (window.written >= MAX_A_SECOND) {
      window.omitted += 1;
      return;
    }
    window.written += 1;
    const { omitted } = window;
    log.warn(omitted === 0 ? record : { ...record, omitted }, message);
    window.omitted = 0;
  };
  return {
    refused: (address, { reason, details, certificateUris, isMisconfigured }, caller) => {
      if (!LOGGED.has(reason) && isMisconfigured !== true) return;
      const uris = certificateUris === undefined ? {} : { certificate_uris: certificateUris };
      warn(reason, { address, caller: caller?.name, reason, details, ...uris }, 'call refused');
    },
    handshakeFailed: (address, reason, peer) => {
      warn('handshake', { address, peer, reason }, 'TLS handshake failed');
    },
    connectionRefused: (address) => {
      warn('connection', { address }, 'connection refused: there are too many');
    },
    sentAway: (address, offence) => {
      warn(`offence ${offence}`, { address, offence }, 'connection closed: its client misbehaves');
    },
  };
}
