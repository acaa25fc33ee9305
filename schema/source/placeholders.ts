const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz');

/** One letter of these, as a pattern. */
function anyOf(letters: readonly string[]): string {
  const text = letters.join('');
  return `[${text.replaceAll(/[A-Za-z_]{3,}/gu, compress)}]`;
}

/** Runs of neighbours as ranges. */
function compress(text: string): string {
  const runs: string[][] = [];
  for (const letter of text) {
    const run = runs.at(-1) ?? [];
    if (run.at(-1)?.charCodeAt(0) === letter.charCodeAt(0) - 1) run.push(letter);
    else runs.push([letter]);
  }
  return runs
    .map((run) => (run.length < 3 ? run.join('') : `${run[0] ?? ''}-${run.at(-1) ?? ''}`))
    .join('');
}

/**
 * A pattern for a word in braces that is none of `words`. It follows each of them letter by letter and says where
 * another letter comes, or none, because many tools have no lookahead.
 */
export function otherPlaceholder(words: readonly string[]): string {
  const starts = new Set(
    words.flatMap((word) => Array.from(`${word}.`, (_, at) => word.slice(0, at))),
  );
  const paths = [...starts].flatMap((start) => {
    const next = words.filter((word) => word.startsWith(start)).map((word) => word[start.length]);
    const strayed = `${start}${anyOf(LETTERS.filter((letter) => !next.includes(letter)))}[A-Za-z_]*`;
    return words.includes(start) ? [strayed] : [start, strayed];
  });
  return String.raw`\{(?:${paths.join('|')})\}`;
}
