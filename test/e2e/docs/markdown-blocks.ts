/** A fenced block of a Markdown file. */
export interface Block {
  readonly file: string;
  /** The line of its opening fence, from 1. */
  readonly line: number;
  /** The word behind the fence; empty: there is none. */
  readonly language: string;
  readonly lines: readonly string[];
  /** Why nobody runs it, as the comment in front of it says: `<!-- not run: reason -->`. */
  readonly notRun?: string;
}

const FENCE = /^( *)(`{3,})([\w-]*)/;
const NOT_RUN = /^ *<!-- not run: (\S.*?) -->$/;

/** All fenced blocks of a file, in order. A block that is never closed is an error, for the rest would be hidden. */
export function blocksOf(file: string, markdown: string): readonly Block[] {
  const lines = markdown.split('\n');
  const blocks: Block[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const [, indent = '', fence = '', language = ''] = FENCE.exec(lines[index] ?? '') ?? [];
    if (fence === '') continue;
    const end = lines.findIndex((line, at) => at > index && line.trimEnd() === indent + fence);
    if (end === -1) throw new Error(`${file}:${String(index + 1)}: the block is never closed`);
    const content = lines.slice(index + 1, end).map((line) => line.replace(indent, ''));
    const notRun = reasonBefore(lines.slice(0, index));
    const block = { file, line: index + 1, language, lines: content };
    blocks.push(notRun === undefined ? block : { ...block, notRun });
    index = end;
  }
  return blocks;
}

/** The reason of the comment that is the last line with text. */
function reasonBefore(lines: readonly string[]): string | undefined {
  const last = lines.findLast((line) => line.trim() !== '');
  return last === undefined ? undefined : NOT_RUN.exec(last)?.[1];
}

/** Where a block stands, for messages. */
export function placeOf({ file, line }: Block): string {
  return `${file}:${String(line)}`;
}
