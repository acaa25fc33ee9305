/**
 * Characters that a terminal acts on instead of showing: controls, direction marks, separators of lines, and
 * those of no width. Names from files may hold them, and must not be able to forge output.
 */
const UNSAFE =
  // The controls are the very thing that this expression is for.
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The text with every character that a terminal acts on spelt out, as `\u{1b}`. A tab is one space. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, (character) =>
    character === '\t' ? ' ' : `\\u{${character.charCodeAt(0).toString(16)}}`,
  );
}

/** JSON text with the same characters spelt as JSON spells them, so that it stays the same value. */
export function escapeJson(json: string): string {
  return json.replace(UNSAFE, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** How many columns a terminal gives to an escaped text: wide characters count two, combining marks none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    width += COMBINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  }
  return width;
}

const COMBINING = /^\p{Mn}|\p{Me}$/u;
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

/** Fills up with blanks on the right. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** `1 error`, `2 errors`. */
export function countOf(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** How many records are missing; gaps that nobody could count make it a lower bound, and are never left out. */
export function missingRecords(counted: number, uncounted: number): string {
  const records = countOf(counted, 'record');
  return uncounted === 0 ? records : `${records}, and ${countOf(uncounted, 'gap')} of unknown size`;
}

/** A list for people: `a, b or c`. */
export function orList(words: readonly string[]): string {
  const last = words.at(-1);
  if (last === undefined || words.length === 1) return last ?? '';
  return `${words.slice(0, -1).join(', ')} or ${last}`;
}
