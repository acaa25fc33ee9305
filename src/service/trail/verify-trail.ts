import type { TrailFiles } from '../../ports/trail-files';
import type { Sha256, TrailVerifier } from '../../ports/trail-keys';
import { EMPTY_HEAD } from './line';
import type { TrailHead } from './line';
import { sealName, segmentName, segmentsAmong } from './names';
import { readSegment } from './read-segment';
import { problemOfSeal } from './seal';

/** Everything that can be found, with its meaning as docs/trail.md shows it. Closed and append-only. */
export const TRAIL_CODES = {
  unreadable_line: 'a line was changed, or is none of a trail',
  sequence: 'a line is missing, doubled or in another place',
  broken_chain: 'a line is that of another trail',
  torn_line: 'a line has no end: it was cut, or never answered for',
  missing_start: 'the first lines are missing',
  missing_segment: 'a segment is missing',
  missing_seal: 'a segment has no seal, though another one follows',
  bad_seal: 'a seal is that of other lines, of another key, or was changed',
  cut_tail: 'the trail ends before the head that it had reached',
  other_head: 'the line of the head is another one than it was',
} as const;

/** A code of what can be found. */
export type TrailCode = keyof typeof TRAIL_CODES;

/** What is wrong with a trail, at the first place that shows it. */
export interface TrailFinding {
  readonly code: TrailCode;
  readonly file: string;
  /** From 1; absent: it is about the file as a whole. */
  readonly line?: number;
  /** A sentence without its place. */
  readonly message: string;
}

/** How far a trail is proven. */
export interface TrailProof {
  /** The last line under a signature. */
  readonly sealed: TrailHead;
  /** The last line that follows the ones before; behind the sealed ones it is not signed yet. */
  readonly chained: TrailHead;
  readonly segments: number;
  /** Absent: nothing is wrong. What stands behind its place proves nothing. */
  readonly finding?: TrailFinding;
}

/** What a trail is held against. */
export interface Evidence {
  readonly verifiers: readonly TrailVerifier[];
  readonly sha256: Sha256;
  /** What was known of the trail from elsewhere: it must reach so far. Without it, a cut tail is not seen. */
  readonly head?: TrailHead;
}

interface Progress {
  readonly sealed: TrailHead;
  readonly chained: TrailHead;
  /** SHA-256 of the last seal. */
  readonly seal: string;
  readonly knownHash?: string;
  readonly finding?: TrailFinding;
}

/** Follows a trail from its first line. Rejects only where files cannot be read. */
export async function verifyTrail(files: TrailFiles, evidence: Evidence): Promise<TrailProof> {
  const names = await files.list();
  const segments = segmentsAmong(names);
  let progress: Progress = { sealed: EMPTY_HEAD, chained: EMPTY_HEAD, seal: '' };
  for (const [index, first] of segments.entries()) {
    const isLast = index === segments.length - 1;
    progress = await follow(files, { first, isLast, names }, { progress, evidence });
    if (progress.finding !== undefined) break;
  }
  const { sealed, chained } = progress;
  const finding = progress.finding ?? headFinding(progress, segments.at(-1) ?? 1, evidence);
  return {
    sealed,
    chained,
    segments: segments.length,
    ...(finding === undefined ? {} : { finding }),
  };
}

interface Segment {
  readonly first: number;
  readonly isLast: boolean;
  readonly names: readonly string[];
}

interface Following {
  readonly progress: Progress;
  readonly evidence: Evidence;
}

async function follow(
  files: TrailFiles,
  { first, isLast, names }: Segment,
  { progress, evidence }: Following,
): Promise<Progress> {
  const file = segmentName(first);
  const gap = gapBefore(first, progress.chained);
  if (gap !== undefined) return { ...progress, finding: { ...gap, file } };
  const { sha256, verifiers } = evidence;
  const reading = readSegment(await files.read(file), progress.chained, sha256);
  const chained: Progress = {
    ...progress,
    chained: reading.head,
    ...knownAt(reading.hashes, first, evidence.head),
  };
  if (reading.fault !== undefined) {
    const { code, line, problem } = reading.fault;
    return { ...chained, finding: { code, file, line, message: problem } };
  }
  const seal = sealName(first);
  if (!names.includes(seal)) {
    if (isLast) return chained;
    const message = 'it has no seal, though another segment follows';
    return { ...chained, finding: { code: 'missing_seal', file, message } };
  }
  const text = Buffer.from(await files.read(seal)).toString('utf8');
  const lines = { first, hashes: reading.hashes, previous: progress.seal };
  const problem = problemOfSeal(text, lines, { verifiers, sha256 });
  if (problem !== undefined) {
    return { ...chained, finding: { code: 'bad_seal', file: seal, message: problem } };
  }
  return { ...chained, sealed: reading.head, seal: sha256(text) };
}

function gapBefore(
  first: number,
  { sequence }: TrailHead,
): Pick<TrailFinding, 'code' | 'message'> | undefined {
  if (first === sequence + 1) return undefined;
  const message = `it begins with line ${String(first)}, and ${String(sequence + 1)} is next`;
  return { code: sequence === 0 ? 'missing_start' : 'missing_segment', message };
}

/** The hash of the line that the known head speaks of, if it is in this segment. */
function knownAt(
  hashes: readonly string[],
  first: number,
  head: TrailHead | undefined,
): Pick<Progress, 'knownHash'> {
  const hash = head === undefined ? undefined : hashes[head.sequence - first];
  return hash === undefined ? {} : { knownHash: hash };
}

function headFinding(
  { chained, knownHash }: Progress,
  lastSegment: number,
  { head }: Evidence,
): TrailFinding | undefined {
  if (head === undefined || head.sequence === 0) return undefined;
  const file = segmentName(lastSegment);
  if (head.sequence > chained.sequence) {
    const message = `the trail ends with line ${String(chained.sequence)}, and reached ${String(head.sequence)}`;
    return { code: 'cut_tail', file, message };
  }
  if (knownHash === head.hash) return undefined;
  const message = `line ${String(head.sequence)} is another one than it was`;
  return { code: 'other_head', file, message };
}
