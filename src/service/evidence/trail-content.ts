import type { SecurityEvent } from '../../ports/security-events';
import type { GapCounts } from '../../ports/trail';
import { momentMs, isCount, isObject } from '../json-values';
import type { Line } from '../trail/line';
import type { TrailEntry, UnreadableCode } from '../trail/read-trail';
import { TRAIL_CODES } from '../trail/trail-codes';
import { readFolded, type FoldedBlock } from './folded-block';
import { eitherOf, mapOf, wordOf } from './json-shape';
import { readRecord } from './read-record';
import type { RecordedDecision } from './recorded-decision';
import { readEvent } from './recorded-event';
import { readWithdrawn, type Withdrawn } from './withdrawn';

const { malformed_line, wrong_hash, incomplete_line } = TRAIL_CODES;

/** Why something in a trail cannot be told: it is no line, or the line holds nothing that is known here. */
export const CONTENT_PROBLEMS = {
  ...({ malformed_line, wrong_hash, incomplete_line } satisfies Record<UnreadableCode, string>),
  unknown_record: 'the record is of no form that is known here',
  unknown_gap: 'the gap is of no form that is known here',
} as const;

/** Why something in a trail cannot be told. */
export type ContentProblem = keyof typeof CONTENT_PROBLEMS;

/** Something that a trail tells, with its instant. */
export type TrailFact = { readonly atMs: number } & (
  | { readonly kind: 'decision'; readonly record: RecordedDecision }
  | { readonly kind: 'folded'; readonly folded: FoldedBlock }
  | { readonly kind: 'withdrawn'; readonly withdrawn: Withdrawn }
  | { readonly kind: 'event'; readonly event: SecurityEvent }
  | { readonly kind: 'gap'; readonly counts: GapCounts }
);

/** What a line of a trail says; `other` is about the trail itself. */
export type TrailContent =
  | TrailFact
  | { readonly kind: 'other' }
  | { readonly kind: 'unreadable'; readonly code: ContentProblem };

/**
 * What an entry says. Blocks that were folded count where the first of them was, so that periods that follow each
 * other count each of them once.
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
  if (folded !== undefined) return { kind: 'folded', folded, atMs: Date.parse(folded.from) };
  const withdrawn = readWithdrawn(content);
  if (withdrawn !== undefined)
    return { kind: 'withdrawn', withdrawn, atMs: Date.parse(withdrawn.at) };
  const event = readEvent(content);
  if (event !== undefined) return { kind: 'event', event, atMs: event.time };
  return { kind: 'unreadable', code: 'unknown_record' };
}

/** Null: nobody knows how many. */
const isCounts = mapOf(eitherOf(isCount, wordOf([null])));

function gapIn({ content }: Line): TrailContent {
  const { at, counts } = content;
  const atMs = momentMs(at);
  if (atMs === undefined || !isObject(counts) || !isCounts(counts)) {
    return { kind: 'unreadable', code: 'unknown_gap' };
  }
  return { kind: 'gap', counts: counts as GapCounts, atMs };
}
