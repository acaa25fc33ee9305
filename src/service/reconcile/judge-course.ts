import type { ReconcileCode, ReconcileFinding } from './findings';
import type { AttemptNote, LedgerEntry, RequestNote } from './ledger';
import { namedTargets, wasSent } from './judge-request';

/** What only all lines of a decision together show: the order of its attempts, and those that are missing. */
export function judgeCourse(entry: LedgerEntry): readonly ReconcileFinding[] {
  return [...judgeOrder(entry), ...judgeMissing(entry)];
}

function* judgeOrder(entry: LedgerEntry): Generator<ReconcileFinding> {
  const seen = new Set<string>();
  let furthest = -1;
  for (const attempt of inTime(entry.attempts ?? [])) {
    const position = entry.targets.indexOf(attempt.target);
    const what = `an attempt at \`${attempt.target}\``;
    if (seen.has(attempt.target)) {
      if (attempt.isClean) yield at('tried_again', `${what} was not the first`, attempt, entry);
    } else if (position < furthest && attempt.isClean) {
      yield at('out_of_order', `${what} came after one that stands behind it`, attempt, entry);
    }
    seen.add(attempt.target);
    furthest = Math.max(furthest, position);
  }
}

/** Logs may be given in any order, and Envoy writes a line when an attempt ends. */
function inTime(attempts: readonly AttemptNote[]): readonly AttemptNote[] {
  return attempts.length < 2
    ? attempts
    : attempts.toSorted((left, right) => left.atMs - right.atMs);
}

function* judgeMissing(entry: LedgerEntry): Generator<ReconcileFinding> {
  const { request, attempts = [] } = entry;
  if (request === undefined || namedTargets(entry).length === 0) return;
  const isLogged = attempts.some(({ target }) => target === request.target);
  if (wasSent(request) && !isLogged) {
    const what = `a request reached \`${request.target}\``;
    yield at('attempt_not_logged', `${what}, and no attempt at it is logged`, request, entry);
  } else if (attempts.length === 0) {
    yield at('no_attempt', 'an allowed request was sent to no target', request, entry);
  }
}

function at(
  code: ReconcileCode,
  message: string,
  { place, requestId }: Pick<AttemptNote | RequestNote, 'place' | 'requestId'>,
  { decisionId, place: decisionPlace }: LedgerEntry,
): ReconcileFinding {
  return { code, message, place, requestId, decisionId, decisionPlace };
}
