import type { SecurityEvent } from '../../ports/security-events';
import type { RecordedDecision } from '../evidence/recorded-decision';
import { blockSeverity } from './block-severity';
import { bounded } from './bounded';
import type { EventKind, SeverityOf } from './catalogue';
import { decisionDetails, type Concerned } from './decision-details';
import { makeEvent } from './make-event';

/** Policies that a message names. */
const MAX_NAMED = 5;

/** The events of a decision: at most one each for a block, a warning and what shadow policies would have changed. */
export function decisionEvents(record: RecordedDecision): readonly SecurityEvent[] {
  const events = [blockEvent(record), warnEvent(record), shadowEvent(record)];
  return events.filter((event) => event !== undefined);
}

function blockEvent(record: RecordedDecision): SecurityEvent | undefined {
  const { outcome, block, blocked } = record;
  if (outcome !== 'block') return undefined;
  const code = block?.code ?? 'no code';
  const policy = block?.policy === undefined ? '' : ` by policy \`${block.policy}\``;
  return eventOf('request_blocked', record, {
    severity: blockSeverity(code),
    message: `blocked with ${code}${policy}${countText(blocked, 'candidate')}`,
    concerned: blocked,
  });
}

function warnEvent(record: RecordedDecision): SecurityEvent | undefined {
  if (record.outcome !== 'warn') return undefined;
  const concerned = record.eligible.map(({ unmet = [], ...rest }) => ({ ...rest, reasons: unmet }));
  return eventOf('request_warned', record, {
    severity: 'medium',
    message: `may go where ${policiesText(concerned)} not met${countText(concerned, 'target')}`,
    concerned,
  });
}

/** Only what may receive the request would be treated otherwise if the policy were in force. */
function shadowEvent(record: RecordedDecision): SecurityEvent | undefined {
  const concerned = record.eligible.flatMap(({ ref, target, provider }) => {
    const found = (record.shadow ?? []).filter((each) => each.ref === ref);
    const reasons = found.flatMap((each) => each.reasons);
    return found.length === 0 ? [] : [{ ref, target, provider, reasons }];
  });
  if (concerned.length === 0) return undefined;
  return eventOf('shadow_difference', record, {
    severity: 'informational',
    message: `would be blocked in force: ${policiesText(concerned)} not met${countText(concerned, 'target')}`,
    concerned,
  });
}

interface Story<K extends EventKind> {
  readonly severity: SeverityOf<K>;
  readonly message: string;
  readonly concerned: readonly Concerned[];
}

function eventOf<K extends EventKind>(
  kind: K,
  record: RecordedDecision,
  { severity, message, concerned }: Story<K>,
): SecurityEvent {
  const { decisionId, at, request } = record;
  return makeEvent({
    ...{ kind, severity, message, uid: `${decisionId}:${kind}`, correlationUid: decisionId },
    timeMs: Date.parse(at),
    ...(request.tenant === undefined ? {} : { tenant: request.tenant }),
    details: decisionDetails(record, concerned),
  });
}

function countText(list: readonly unknown[], noun: string): string {
  if (list.length === 0) return '';
  return ` (${String(list.length)} ${noun}${list.length === 1 ? '' : 's'})`;
}

function policiesText(concerned: readonly Concerned[]): string {
  const named = concerned.flatMap(({ reasons }) => reasons.map(({ policy }) => policy));
  const ids = [...new Set(named.filter((id) => id !== undefined))];
  const { shown, omitted = 0 } = bounded(ids, MAX_NAMED);
  const words = shown.map((id) => `\`${id}\``);
  const more = omitted === 0 ? [] : [`${String(omitted)} more`];
  const verb = ids.length === 1 ? 'is' : 'are';
  return `${[...words, ...more].join(', ')} ${verb}`;
}
