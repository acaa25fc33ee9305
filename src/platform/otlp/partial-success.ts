/** What a receiver says that it did not take. */
export interface Rejection {
  readonly count: number;
  readonly reason: string;
}

/** The names that the rejection of a signal has: as OTLP writes JSON, and as the messages themselves have it. */
const NAMES = {
  rejectedLogRecords: ['rejectedLogRecords', 'rejected_log_records'],
  rejectedSpans: ['rejectedSpans', 'rejected_spans'],
} as const;

/**
 * What an answer of status 200 says that was not taken; undefined: all of it was. `field` is the answer's own name for
 * the number. Throws for an answer that cannot be read, and for one with anything else in it: something that is no
 * receiver and answers everything with 200 would seem to have taken what nobody kept.
 */
export function rejectionIn(text: string, field: keyof typeof NAMES): Rejection | undefined {
  const partials = partialsIn(parse(text));
  const count = Math.max(
    0,
    ...partials.flatMap((each) => NAMES[field].map((name) => numberIn(each[name]))),
  );
  return count === 0 ? undefined : { count, reason: reasonIn(partials) };
}

/** Both names are read: a receiver that writes the other one rejects all the same. */
function partialsIn(answer: unknown): readonly Members[] {
  if (!isObject(answer)) throw new Error(NO_ANSWER);
  const { partialSuccess, partial_success: ownName, ...others } = answer;
  if (Object.keys(others).length > 0) throw new Error(NO_ANSWER);
  return [partialSuccess ?? {}, ownName ?? {}].map((each) => {
    if (isObject(each)) return each;
    throw new Error(NO_ANSWER);
  });
}

/** What is no number would be none, and below zero more would have been taken than was sent. */
function numberIn(stated: unknown): number {
  const isNumber = typeof stated === 'string' || typeof stated === 'number';
  if (stated === undefined || stated === null) return 0;
  if (isNumber && WHOLE.test(String(stated))) return Number(stated);
  throw new Error(NO_ANSWER);
}

function reasonIn(partials: readonly Members[]): string {
  const said = partials.flatMap((each) => [each['errorMessage'], each['error_message']]);
  const texts = said.filter((each) => typeof each === 'string');
  return texts.find((each) => each !== '') ?? NO_REASON;
}

const NO_ANSWER = 'it answered with what is no answer of OTLP in JSON';

/** A number that can be counted with. */
const WHOLE = /^\d{1,15}$/u;

const NO_REASON = 'it does not say why';

type Members = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
