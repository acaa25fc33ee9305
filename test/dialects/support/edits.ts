import fc from 'fast-check';

/** A cut somewhere in a text, and what is put there; `at` wraps around, so that it suits any length. */
export interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

/** What YAML gives a meaning to, and what it does not. */
const INSERTED = ': |- |\n|  |{|]|"|&a |*a|!!int |\t|#|true|0|---\n|\u0000'.split('|');

/** Any edit that inserts one of these words, or a few characters of any kind. */
export function anyEditOf(
  inserted: readonly string[],
  remove: fc.Arbitrary<number>,
): fc.Arbitrary<Edit> {
  return fc.record({
    at: fc.nat(),
    remove,
    insert: fc.oneof(fc.constantFrom(...inserted), fc.string({ maxLength: 4 })),
  });
}

/** Any edit of a file of YAML. */
export const anyEdit = anyEditOf(INSERTED, fc.nat({ max: 12 }));

/** The text with an edit made. */
export function applyEdit(text: string, { at, remove, insert }: Edit): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + insert + text.slice(start + remove);
}
