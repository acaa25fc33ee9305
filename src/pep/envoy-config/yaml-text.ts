/** A mark that no text of a template has. */
const MARK = '\u0000';

/**
 * A piece of YAML, without the indentation that it has in the code. What is filled in keeps its own lines: they are
 * indented like the line that they stand in. A line that holds nothing but an empty part is left out.
 */
export function yaml(strings: TemplateStringsArray, ...parts: readonly string[]): string {
  const lines = strings.join(MARK).split('\n').slice(1, -1);
  const margin = Math.min(...lines.filter((line) => line.trim() !== '').map(indentationOf));
  const queue = [...parts];
  return lines
    .flatMap((line) => {
      const written = line.slice(margin);
      const filled = fill(written, queue);
      return filled === '' && written.trim() === MARK ? [] : [filled];
    })
    .join('\n');
}

function fill(line: string, queue: string[]): string {
  const filled = line.replaceAll(MARK, () => queue.shift() ?? '');
  const indentation = ' '.repeat(indentationOf(line));
  return filled.trim() === '' ? '' : filled.replaceAll(/\n(?=.)/g, `\n${indentation}`);
}

function indentationOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Texts that mean themselves without quotes, whichever version of YAML reads them. */
const PLAIN = /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[A-Za-z/][A-Za-z0-9._/-]*$/i;

/** A text as one scalar. */
export function scalar(text: string): string {
  if (PLAIN.test(text)) return text;
  return /^[ -~]*$/.test(text) ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}

/** A text that Envoy formats before it uses it: there, `%` begins a command. */
export function formatted(text: string): string {
  return scalar(text.replaceAll('%', '%%'));
}

/** Writes what occurs often once, and refers to it from then on. */
export interface Repeats {
  /** A value with an anchor where it first stands, and an alias of it elsewhere. */
  readonly shared: (name: string, text: string) => string;
  /** A comment where it is first of use, and nothing elsewhere. */
  readonly remark: (text: string) => string;
}

/** Nothing has been written yet. */
export function createRepeats(): Repeats {
  const seen = new Set<string>();
  const isFirst = (what: string): boolean => !seen.has(what) && seen.add(what).size > 0;
  return {
    shared: (name, text) => {
      if (!isFirst(`&${name}`)) return `*${name}`;
      // A block begins on its own line; a list may begin where its key stands.
      return `&${name}${text.includes('\n') ? `\n  ${text.replaceAll('\n', '\n  ')}` : ` ${text}`}`;
    },
    remark: (text) => (isFirst(text) ? commentOf(text) : ''),
  };
}

/** Lines of a comment. */
export function commentOf(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '#' : `# ${line}`))
    .join('\n');
}
