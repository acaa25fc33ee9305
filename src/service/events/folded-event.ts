import type { SecurityEvent } from '../../ports/security-events';
import type { FoldedBlock } from '../evidence/folded-block';
import { blockSeverity } from './block-severity';
import { makeEvent } from './make-event';

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
