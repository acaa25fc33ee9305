import type { ServerHttp2Session } from 'node:http2';

import type { FrameJudge } from '../frames/frame-gate';
import { keysOfText, textOfKey } from '../frames/block-cursor';
import type { ReadBlock } from '../frames/header-block';
import { blockOf } from '../frames/refusal-frames';
import { admit } from './admit';
import { readTimeoutMs } from './grpc-timeout';
import type { GuardedConnection } from './guarded-connection';
import type { MethodOf } from './guarded-method';
import { TOO_SHORT } from './refusals';
import type { ReadyRefusal } from './refusals';
import type { ServerGuardParts } from './server-guard-parts';

/** What is known of the methods of a server. */
export interface KnownMethods {
  readonly paths: () => Iterable<string>;
  readonly methodOf: MethodOf;
}

/**
 * Creates what makes the judge of each connection. It refuses what the gate behind HTTP/2 would refuse for the same
 * reason, and counts what goes on as in flight from now on: much may have come in at once, and is looked at only later.
 */
export function createFrameJudges(
  { guard, limits, events }: ServerGuardParts,
  { paths, methodOf }: KnownMethods,
): (session: ServerHttp2Session, connection: GuardedConnection) => FrameJudge {
  let known: ReadonlySet<string> | undefined;
  const blocks = new Map<ReadyRefusal, Uint8Array>();
  const blockFor = (refusal: ReadyRefusal): Uint8Array => {
    const block = blocks.get(refusal) ?? blockOf(refusal.headers);
    blocks.set(refusal, block);
    return block;
  };
  const isTooShort = ({ timeoutKey }: ReadBlock): boolean => {
    const timeout = timeoutKey === undefined ? undefined : textOfKey(timeoutKey);
    const timeoutMs = timeout === undefined ? undefined : readTimeoutMs(timeout);
    return timeoutMs !== undefined && timeoutMs <= limits.deadline_margin_ms;
  };
  return (session, connection) => {
    const isJudged = ({ pathKey }: ReadBlock): boolean => {
      known ??= refusableKeys(paths(), methodOf);
      // A client that is told to come anew asks again elsewhere what came too late.
      return pathKey !== undefined && known.has(pathKey) && !session.closed && !session.destroyed;
    };
    return {
      refuse: (streamId, block) => {
        if (!isJudged(block)) return undefined;
        const refusal = isTooShort(block) ? TOO_SHORT : admit(guard, connection.load, true);
        if (refusal === undefined) {
          connection.expected.add(streamId);
          return undefined;
        }
        connection.touch();
        events.onRefused(refusal.failure);
        return blockFor(refusal);
      },
      expect: (streamId, block) => {
        if (!isJudged(block) || isTooShort(block) || !guard.mayAdmit(connection.load)) return;
        guard.admitCall(connection.load);
        connection.expected.add(streamId);
      },
      onGivenUp: () => {
        connection.touch();
        connection.countReset();
      },
    };
  };
}

/** How the paths of those methods are encoded that may be refused with headers alone. */
function refusableKeys(paths: Iterable<string>, methodOf: MethodOf): ReadonlySet<string> {
  const refusable = [...paths].filter((path) => {
    const { isUnary, hasDenials } = methodOf(path);
    return isUnary && !hasDenials;
  });
  return new Set(refusable.flatMap(keysOfText));
}
