/** What a receiver says that it did not take. */
export interface Rejection {
  readonly count: number;
  readonly reason: string;
}

/**
 * What an answer of status 200 says that was not taken; undefined: all of it was. `field` is the answer's own name for
 * the number. Throws for an answer that cannot be read, since that says nothing.
 */
export function rejectionIn(
  text: string,
  field: 'rejectedLogRecords' | 'rejectedSpans',
): Rejection | undefined {
  if (text.trim() === '') return undefined;
  const answer = parse(text);
  if (typeof answer !== 'object' || answer === null) throw new Error(NO_ANSWER);
  const { partialSuccess } = answer as { readonly partialSuccess?: PartialSuccess | null };
  const stated = partialSuccess?.[field] ?? 0;
  const isNumber = typeof stated === 'string' || typeof stated === 'number';
  // What is no number would be none, and below zero more would have been taken than was sent.
  if (!isNumber || !WHOLE.test(String(stated))) throw new Error(NO_ANSWER);
  const count = Number(stated);
  if (count === 0) return undefined;
  const { errorMessage } = partialSuccess ?? {};
  return { count, reason: typeof errorMessage === 'string' ? errorMessage : NO_REASON };
}

const NO_ANSWER = 'it answered with what is no answer of OTLP in JSON';

/** A number that can be counted with. */
const WHOLE = /^\d{1,15}$/u;

const NO_REASON = 'it does not say why';

type PartialSuccess = Readonly<Record<string, unknown>>;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
