import type { CourseFinding } from './course-finding';
import { judgeReuse } from './judge-reuse';
import { namedTargets, wasSent } from './judge-request';
import type { AttemptNote, LedgerEntry } from './ledger';

/**
 * What only all lines of a decision together show: that it was reused, the order of its attempts, and those that are
 * missing.
 */
export function judgeCourse(entry: LedgerEntry): readonly CourseFinding[] {
  const reused = judgeReuse(entry);
  const notes = new Set(reused.map(({ note }) => note));
  const others = [...judgeOrder(entry), ...judgeMissing(entry)];
  return [...reused, ...others.filter(({ note }) => !notes.has(note))];
}

function* judgeOrder(entry: LedgerEntry): Generator<CourseFinding> {
  const seen = new Set<string>();
  let furthest = -1;
  for (const note of inTime(entry.attempts ?? [])) {
    const position = entry.targets.indexOf(note.target);
    const what = `an attempt at \`${note.target}\``;
    if (seen.has(note.target)) {
      if (note.isClean) yield { code: 'tried_again', message: `${what} was not the first`, note };
    } else if (position < furthest && note.isClean) {
      yield { code: 'out_of_order', message: `${what} came after one that stands behind it`, note };
    }
    seen.add(note.target);
    furthest = Math.max(furthest, position);
  }
}

/** Logs may be given in any order, and Envoy writes a line when an attempt ends. */
function inTime(attempts: readonly AttemptNote[]): readonly AttemptNote[] {
  return attempts.length < 2
    ? attempts
    : attempts.toSorted((left, right) => left.atMs - right.atMs);
}

function* judgeMissing(entry: LedgerEntry): Generator<CourseFinding> {
  const { requests = [], attempts = [] } = entry;
  if (namedTargets(entry).length === 0) return;
  for (const note of requests) {
    const isLogged = attempts.some(({ target }) => target === note.target);
    if (wasSent(note) && !isLogged) {
      const message = `a request reached \`${note.target}\`, and no attempt at it is logged`;
      yield { code: 'attempt_not_logged', message, note };
    } else if (attempts.length === 0) {
      yield { code: 'no_attempt', message: 'an allowed request was sent to no target', note };
    }
  }
}
