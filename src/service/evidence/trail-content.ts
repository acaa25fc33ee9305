import { isObject } from '../trail/canonical-object';
import type { Line } from '../trail/line';
import type { TrailEntry, UnreadableCode } from '../trail/read-trail';
import { readFolded, type FoldedBlocks } from './folded-blocks';
import { isInstant, isWhole, mapOf } from './json-shape';
import { readRecord } from './read-record';
import type { RecordedDecision } from './recorded-decision';

/** Why something in a trail cannot be told: it is no line, or the line holds nothing that is known here. */
export type ContentProblem = UnreadableCode | 'unknown_record' | 'unknown_gap';

/** What a line of a trail says. */
export type TrailContent =
  | { readonly kind: 'decision'; readonly record: RecordedDecision; readonly atMs: number }
  | { readonly kind: 'folded'; readonly folded: FoldedBlocks; readonly atMs: number }
  | { readonly kind: 'gap'; readonly counts: Readonly<Record<string, number>>; readonly atMs: number }
  /** It is about the trail itself. */
  | { readonly kind: 'other' }
  | { readonly kind: 'unreadable'; readonly code: ContentProblem };

/**
 * What an entry says. Blocks that were counted together count where the first of them was, so that periods that follow
 * each other count each of them once.
 */
export function contentOf(entry: TrailEntry): TrailContent {
  if ('problem' in entry) return { kind: 'unreadable', code: entry.problem };
  const { line } = entry;
  if (line.kind === 'record') return recordIn(line);
  return line.kind === 'gap' ? gapIn(line) : { kind: 'other' };
}

function recordIn({ content }: Line): TrailContent {
  const record = readRecord(content);
  if (record !== undefined) return { kind: 'decision', record, atMs: Date.parse(record.at) };
  const folded = readFolded(content);
  if (folded === undefined) return { kind: 'unreadable', code: 'unknown_record' };
  return { kind: 'folded', folded, atMs: Date.parse(folded.from) };
}

const isCounts = mapOf(isWhole);

function gapIn({ content }: Line): TrailContent {
  const { at, counts } = content;
  if (!isInstant(at) || !isObject(counts) || !isCounts(counts)) {
    return { kind: 'unreadable', code: 'unknown_gap' };
  }
  const whole = counts as Readonly<Record<string, number>>;
  return { kind: 'gap', counts: whole, atMs: Date.parse(String(at)) };
}
