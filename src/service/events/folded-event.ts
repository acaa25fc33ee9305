import type { SecurityEvent } from '../../ports/security-events';
import type { FoldedBlock } from '../audit/folded-blocks';
import { isText, objectOf, type Shape } from '../evidence/json-shape';
import { instantMs, isCount } from '../json-values';
import { blockSeverity } from './block-severity';
import { makeEvent } from './make-event';

const isInstant: Shape = (value) => instantMs(value) !== undefined;

const isFolded = objectOf({
  ...{ caller: isText, code: isText, policy: isText },
  ...{ count: isCount, from: isInstant, to: isInstant },
});

/** Reads what a record of folded blocks holds; undefined for anything else. */
export function readFolded(value: unknown): FoldedBlock | undefined {
  return isFolded(value) ? (value as FoldedBlock) : undefined;
}

/** The one event of blocks that were too many to be recorded one by one. `hash` is that of their line. */
export function foldedEvent(folded: FoldedBlock, hash: string): SecurityEvent {
  const { caller, code, policy, count, from, to } = folded;
  const by = policy === '' ? '' : ` by policy \`${policy}\``;
  const event = makeEvent({
    ...{ kind: 'request_blocked', uid: `${hash}:request_blocked`, timeMs: Date.parse(to) },
    ...{ severity: blockSeverity(code), message: `${String(count)} blocked with ${code}${by}` },
    details: {
      status_detail: code,
      ...(policy === '' ? {} : { policy: { name: policy, uid: policy } }),
      evidences: [{ name: 'requests', data: { caller, count } }],
    },
  });
  return { ...event, count, start_time: Date.parse(from), end_time: Date.parse(to) };
}
