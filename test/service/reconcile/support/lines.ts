import type { FileLines } from '../../../../src/ports/log-lines';
import { recordsInLog } from '../../../../src/service/reconcile/decision-lines';
import type { ReconcileCode } from '../../../../src/service/reconcile/findings';
import { reconcile } from '../../../../src/service/reconcile/reconcile';
import type { Reconciliation } from '../../../../src/service/reconcile/reconciliation';
import type { Window } from '../../../../src/service/window';

/** The instant of the decisions of these tests. */
const DAY_MS = Date.UTC(2026, 0, 30, 12);

/** An object whose fields replace those of a line. */
type Fields = Readonly<Record<string, unknown>>;

/** The id of a decision that was made so many milliseconds after the day's instant. */
export function idAt(afterMs: number, number = 0): string {
  const time = (DAY_MS + afterMs).toString(16).padStart(12, '0');
  const count = number.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-8000-000000000000`;
}

/** An instant as logs write it. */
export function timeAt(afterMs: number): string {
  return new Date(DAY_MS + afterMs).toISOString();
}

/** A record as `ambit serve` writes it. */
export function decisionLine(fields: Fields = {}): string {
  return JSON.stringify({
    level: 'info',
    time: timeAt(0),
    service: 'ambit',
    recorded: 'all',
    decision_id: idAt(0),
    via: 'check',
    outcome: 'allow',
    eligible: ['first', 'second'],
    blocked: [],
    policies: ['base'],
    bundle: 'sha256:1',
    msg: 'decision',
    ...fields,
  });
}

/** A record of a decision that leaves nothing. */
export function blockLine(fields: Fields = {}): string {
  return decisionLine({ outcome: 'block', eligible: [], ...fields });
}

/** An attempt as Envoy logs it. */
export function attemptLine(fields: Fields = {}): string {
  return JSON.stringify({
    log: 'attempt',
    time: timeAt(5),
    request_id: 'r-1',
    decision_id: idAt(0),
    target: 'first',
    status: 200,
    flags: '-',
    sent_bytes: 1,
    ...fields,
  });
}

/** A request as Envoy logs it. */
export function requestLine(fields: Fields = {}): string {
  return JSON.stringify({
    log: 'request',
    time: timeAt(1),
    request_id: 'r-1',
    status: 200,
    target: 'first',
    attempts: 1,
    decision: 'allow',
    outcome: 'ALLOW',
    decision_id: idAt(0),
    bundle: 'sha256:1',
    eligible: ['first', 'second'],
    ...fields,
  });
}

/** A file of these lines, given in pieces of a few lines. */
export async function* fileOf(
  file: string,
  lines: readonly string[],
): AsyncGenerator<FileLines, void, undefined> {
  const numbered = lines.map((text, index) => ({ number: index + 1, text }));
  for (let start = 0; start < numbered.length; start += 3) {
    yield await Promise.resolve({ file, lines: numbered.slice(start, start + 3) });
  }
}

/** What the lines say together. Records are lines of `ambit.log`, the others of `envoy.log`. */
export async function reconciled(
  decisions: readonly string[],
  envoy: readonly string[],
  window: Window = {},
): Promise<Reconciliation> {
  const result = await reconcile({
    records: recordsInLog(fileOf('ambit.log', decisions)),
    envoyLog: fileOf('envoy.log', envoy),
    window,
  });
  if ('tooMany' in result) throw new Error('too many decisions');
  return result.reconciliation;
}

/** The findings as `code file:line`. */
export function toldBy({ findings }: Reconciliation): readonly string[] {
  return findings.map(({ code, place }) => tell(code, `${place.file}:${String(place.line)}`));
}

/** One finding as `toldBy` tells it. */
export function tell(code: ReconcileCode, place: string): string {
  return `${code} ${place}`;
}
