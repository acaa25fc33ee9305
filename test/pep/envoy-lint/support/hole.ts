import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The shipped configurations, by the names of their files. */
export type Base = 'recommended' | 'recommended-blind' | 'portable' | 'portable-blind';

/** A hole that is planted into a configuration that has none. */
export interface Hole {
  /** The code that must be found at each mark, and nowhere else. */
  readonly code: string;
  readonly name: string;
  readonly base?: Base;
  /** Texts of the base and what stands in their place; `«` and `»` mark what a finding must mark. */
  readonly edits: readonly (readonly [from: string, to: string])[];
  /** What else this edit gives rise to. */
  readonly also?: readonly string[];
}

/** Where a finding must be. */
export interface Mark {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** A configuration with a hole, and where it is. */
export interface Planted {
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** The text of a shipped configuration. */
export function baseText(base: Base = 'recommended'): string {
  return readFileSync(join(__dirname, '../../../../deploy/envoy', `${base}.yaml`), 'utf8');
}

/** Plants a hole. Each text must be there once at least; its first place is edited. */
export function plant({ base, edits }: Hole): Planted {
  const marked = edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the base does not hold \`${from}\``);
    return text.replace(from, () => to);
  }, baseText(base));
  return unmark(marked);
}

/** Takes the marks out of a text. */
function unmark(marked: string): Planted {
  const lines = marked.split('\n').map((line, index) => unmarkLine(line, index + 1));
  return {
    text: lines.map(({ text }) => text).join('\n'),
    marks: lines.flatMap(({ marks }) => marks),
  };
}

function unmarkLine(line: string, number: number): Planted {
  const marks = [...line.matchAll(/«([^»]*)»/gu)].map(({ index, 1: word = '' }, before) => {
    const column = index - 2 * before + 1;
    return { line: number, column, endColumn: column + word.length };
  });
  return { text: line.replaceAll(/[«»]/gu, ''), marks };
}

/** Lines that are put before a line of the base, with its indentation. */
export function before(line: string, ...added: readonly string[]): readonly [string, string] {
  const indent = /^ */u.exec(line)?.[0] ?? '';
  return [line, [...added.map((each) => indent + each), line].join('\n')];
}
