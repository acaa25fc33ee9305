import type { CourseFinding } from './course-finding';
import type { AttemptNote, LedgerEntry, RequestNote } from './ledger';

/**
 * A decision is made for one request, of one caller and one content; what else is sent under its id was not decided.
 * The first line by time says which request that is.
 */
export function judgeReuse({
  attempts = [],
  requests = [],
}: LedgerEntry): readonly CourseFinding[] {
  if (attempts.length + requests.length < 2) return [];
  const { requestId: owner } = [...requests, ...attempts].reduce(earlier);
  return [
    ...attempts.filter((each) => each.isClean && each.requestId !== owner).map(reusedBy),
    ...requests.filter((each) => each !== firstOf(requests, owner)).map(reusedBy),
  ];
}

function earlier<T extends Note>(left: T, right: T): T {
  return right.atMs < left.atMs ? right : left;
}

type Note = AttemptNote | RequestNote;

/** The one line that a request has: a second one is another request, even if it bears the same id. */
function firstOf(requests: readonly RequestNote[], owner: string): RequestNote | undefined {
  return requests.find(({ requestId }) => requestId === owner);
}

function reusedBy(note: Note): CourseFinding {
  const what = 'isClean' in note ? `an attempt at \`${note.target}\`` : 'a request';
  const message = `${what} rests on the decision of another request`;
  return { code: 'decision_reused', message, note };
}
