/** What a value counts as that its label does not know. */
export const OTHER = 'other';

/** Counts by the words of closed lists, one list a label. */
export interface Tally {
  /** Counts one. The words stand in the order of the lists; a word that is not in its list counts as `other`. */
  readonly add: (...words: readonly string[]) => void;
  /** Everything that was counted, each combination once. With `zeros` also those that were not, but for `other`. */
  entries(zeros: boolean): readonly TallyEntry[];
}

/** How often a combination of words was counted. */
export interface TallyEntry {
  readonly words: readonly string[];
  readonly count: number;
}

/**
 * Creates a tally that has counted nothing. It stands on the path of every decision, where the library would make a
 * text of all labels for each count; here a count is a look-up a word, and an addition.
 */
export function createTally(...lists: readonly (readonly string[])[]): Tally {
  const labels = lists.map(closedWords);
  const size = labels.reduce((product, { words }) => product * words.length, 1);
  const counts = new Float64Array(size);
  const [only, second] = labels;
  const indexOf =
    only !== undefined && second === undefined
      ? (words: readonly string[]) => positionOf(only, words[0])
      : (words: readonly string[]) => indexIn(labels, words);
  return {
    add: (...words) => {
      const index = indexOf(words);
      counts[index] = (counts[index] ?? 0) + 1;
    },
    entries: (zeros) => {
      const entries: TallyEntry[] = [];
      for (const [index, count] of counts.entries()) {
        if (count === 0 && !zeros) continue;
        const words = wordsAt(labels, index);
        if (count > 0 || !words.includes(OTHER)) entries.push({ words, count });
      }
      return entries;
    },
  };
}

/** The words of a label, `other` last, and where each stands. */
interface ClosedWords {
  readonly words: readonly string[];
  readonly positions: ReadonlyMap<string, number>;
  readonly other: number;
}

function closedWords(list: readonly string[]): ClosedWords {
  const words = [...new Set([...list, OTHER])];
  const positions = new Map(words.map((word, index) => [word, index]));
  return { words, positions, other: words.indexOf(OTHER) };
}

function positionOf({ positions, other }: ClosedWords, word: string | undefined): number {
  return positions.get(word ?? OTHER) ?? other;
}

function indexIn(labels: readonly ClosedWords[], words: readonly string[]): number {
  return labels.reduce(
    (index, label, place) => index * label.words.length + positionOf(label, words[place]),
    0,
  );
}

function wordsAt(labels: readonly ClosedWords[], index: number): readonly string[] {
  let rest = index;
  const reversed = labels.toReversed().map(({ words }) => {
    const word = words[rest % words.length] ?? OTHER;
    rest = Math.floor(rest / words.length);
    return word;
  });
  return reversed.toReversed();
}
