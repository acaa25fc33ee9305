import { Spread } from '../../laws/support/runs';
import { mutantsOf, textOf, type Mutant } from '../native/mutants';
import { nameOf, pathsOf, withoutValue } from '../native/mutate';
import type { Json } from '../native/samples';

/** A value with one node deleted, emptied, nulled, renamed, doubled, moved or given another form. */
export type Change = Omit<Mutant, 'category'> & {
  readonly category: Mutant['category'] | 'deleted';
};

/** Settings, and what they let through. */
export interface Original {
  readonly refs: readonly string[];
  /** Undefined: the text is refused. */
  readonly answerOf: (text: string) => readonly string[] | undefined;
}

/** The text of settings. */
export function write(value: Json): string {
  return JSON.stringify(value, null, 1);
}

/** All changes by which a node is not there. */
export function deletionsOf(value: Json): readonly Change[] {
  return pathsOf(value).map((at) => ({
    category: 'deleted',
    at,
    name: nameOf(at),
    value: withoutValue(value, at),
  }));
}

/** All changes of a file. */
export function changesOf(value: Json): readonly Change[] {
  const own = value as Readonly<Record<string, Json>>;
  return [...deletionsOf(value), ...mutantsOf({ name: 'settings', value: own })];
}

/** The changes that let through what the original does not, as `category name`; the spread counts all outcomes. */
export function widenedBy(
  changes: readonly Change[],
  { refs, answerOf }: Original,
  spread = new Spread(),
): readonly string[] {
  return changes.flatMap((change) => {
    const now = answerOf(textOf(change.value, write));
    const isWider = now?.some((ref) => !refs.includes(ref)) === true;
    const isSame = JSON.stringify(now) === JSON.stringify(refs);
    spread.add(now === undefined ? 'refused' : isWider ? 'wider' : isSame ? 'same' : 'narrower');
    return isWider ? [`${change.category} ${change.name}`] : [];
  });
}

/** Expects that each change is refused, or lets no more through, or is documented; and that each of these is met. */
export function expectNoWider(
  changes: readonly Change[],
  original: Original,
  { documented, minRefused }: { documented: readonly RegExp[]; minRefused: number },
): void {
  const spread = new Spread();
  const widened = widenedBy(changes, original, spread);
  expect(widened.filter((name) => !documented.some((each) => each.test(name)))).toEqual([]);
  expect(['wider', 'same', 'narrower'].filter((kind) => spread.of(kind) === 0)).toEqual([]);
  expect(spread.of('refused')).toBeGreaterThan(minRefused);
}
