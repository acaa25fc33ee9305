import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a trail says of decisions, read by a way of its own. */
export interface TrailAccount {
  /** Of each decision with a record, in the order of the lines. */
  readonly ids: readonly string[];
  /** Decisions that are counted as missing, by reason. */
  readonly gaps: Readonly<Record<string, number>>;
  /** Blocks that are counted instead of recorded. */
  readonly folded: readonly FoldedLine[];
  /** The number of the last line. */
  readonly last: number;
}

/** Blocks that one line counts. */
export interface FoldedLine {
  readonly caller: string;
  readonly code: string;
  readonly policy: string;
  readonly count: number;
}

interface TrailLine {
  readonly seq: number;
  readonly record?: { readonly decisionId?: string; readonly folded?: FoldedLine };
  readonly gap?: { readonly counts: Readonly<Record<string, number>> };
}

/** Reads the lines behind the number `after` of the trail in a directory. */
export function readAccount(directory: string, after = 0): TrailAccount {
  const lines = linesIn(directory, after);
  const gaps: Record<string, number> = {};
  for (const { gap } of lines) {
    for (const [reason, count] of Object.entries(gap?.counts ?? {})) {
      gaps[reason] = (gaps[reason] ?? 0) + count;
    }
  }
  return {
    ids: lines.flatMap(({ record }) => record?.decisionId ?? []),
    gaps,
    folded: lines.flatMap(({ record }) => record?.folded ?? []),
    last: lines.at(-1)?.seq ?? after,
  };
}

/** How many decisions are counted without being recorded. */
export function countedIn({ gaps, folded }: TrailAccount): number {
  const counts = [...Object.values(gaps), ...folded.map(({ count }) => count)];
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Every line of the trail in a directory, byte by byte, in order. */
export function lineTexts(directory: string): readonly string[] {
  const names = readdirSync(directory).filter((name) => name.endsWith('.jsonl'));
  return names
    .sort()
    .flatMap((name) => readFileSync(join(directory, name), 'utf8').split('\n').slice(0, -1));
}

/** The newest segments come first, because the lines of a long drill are read again and again. */
function linesIn(directory: string, after: number): readonly TrailLine[] {
  const names = readdirSync(directory).filter((name) => name.endsWith('.jsonl'));
  const found: TrailLine[][] = [];
  for (const name of names.sort().reverse()) {
    const texts = readFileSync(join(directory, name), 'utf8').split('\n').slice(0, -1);
    const lines = texts.map((text) => JSON.parse(text) as TrailLine);
    found.unshift(lines.filter(({ seq }) => seq > after));
    // One that was just begun is empty, and tells nothing.
    if ((lines[0]?.seq ?? Infinity) <= after) break;
  }
  return found.flat();
}
