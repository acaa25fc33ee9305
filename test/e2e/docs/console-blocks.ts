import { placeOf, type Block } from './markdown-blocks';

/** A command of a console block with the output that the block shows under it. */
export interface Step {
  readonly place: string;
  readonly command: string;
  /** The command is started and left running, and the steps after it find it ready. */
  readonly isBackground: boolean;
  /** `…` stands for any text within a line; alone on a line for any number of lines. */
  readonly output: readonly string[];
}

const PROMPT = '$ ';
const CONTINUED = '> ';

/**
 * The steps of a block: a line `$ command`, lines `> more of it` if it has several, and its output until the next
 * prompt. What serves runs in the background, whether or not a `&` says so.
 */
export function stepsOf(block: Block): readonly Step[] {
  const starts = block.lines.flatMap((line, index) => (line.startsWith(PROMPT) ? [index] : []));
  if (starts[0] !== 0) throw new Error(`${placeOf(block)}: the block begins without \`$ command\``);
  return starts.map((start, number) => {
    const lines = block.lines.slice(start, starts[number + 1]);
    const ended = lines.findIndex((line, index) => index > 0 && !line.startsWith(CONTINUED));
    const end = ended === -1 ? lines.length : ended;
    const written = lines
      .slice(0, end)
      .map((line) => line.slice(PROMPT.length))
      .join('\n');
    const command = written.replace(/ *&$/, '');
    return {
      place: `${block.file}:${String(block.line + 1 + start)}`,
      command,
      isBackground: command !== written || startsServer(command),
      output: withoutEnd(lines.slice(end)),
    };
  });
}

/** True for what serves until it is stopped. */
export function startsServer(command: string): boolean {
  return /npm run (?:-s )?quickstart\b/.test(command) || / serve\b(?!.*--check\b)/.test(command);
}

/** Undefined if the output is what is shown; else both, for people. */
export function differenceOf(shown: readonly string[], output: string): string | undefined {
  const lines = withoutEnd(output.split('\n').map((line) => line.trimEnd()));
  if (
    matches(
      shown.map((line) => line.trimEnd()),
      lines,
    )
  )
    return undefined;
  return ['shown:', ...shown.map(indent), 'printed:', ...lines.map(indent)].join('\n');
}

function matches(shown: readonly string[], lines: readonly string[]): boolean {
  const [first, ...rest] = shown;
  if (first === undefined) return lines.length === 0;
  if (first.trim() === '…') {
    return Array.from({ length: lines.length + 1 }).some((_, skipped) =>
      matches(rest, lines.slice(skipped)),
    );
  }
  const [line, ...others] = lines;
  return line !== undefined && patternOf(first).test(line) && matches(rest, others);
}

function patternOf(shown: string): RegExp {
  const parts = shown.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'u');
}

function withoutEnd(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return lines.slice(0, last + 1);
}

function indent(line: string): string {
  return `  ${line}`;
}
