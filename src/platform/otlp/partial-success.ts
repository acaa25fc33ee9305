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
  if (typeof answer !== 'object' || answer === null)
    throw new Error('it answered with what is no answer of OTLP in JSON');
  const { partialSuccess } = answer as { readonly partialSuccess?: PartialSuccess | null };
  const count = Number(partialSuccess?.[field] ?? 0);
  if (count === 0) return undefined;
  const { errorMessage } = partialSuccess ?? {};
  return { count, reason: typeof errorMessage === 'string' ? errorMessage : NO_REASON };
}

const NO_REASON = 'it does not say why';

type PartialSuccess = Readonly<Record<string, unknown>>;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
