import type { TrailPosition } from '../../ports/trail';
import type { TrailReader } from '../../ports/trail-files';
import type { TrailCrypto } from '../../ports/trail-keys';
import type { LinePlace } from '../../ports/log-lines';
import { linesFile, sealFile } from './file-names';
import type { TrailFindings } from './trail-codes';
import type { Course, Proven } from './course';
import { walkTrail } from './walk';

/** What a trail is held against. */
export interface VerifyOptions {
  readonly reader: TrailReader;
  readonly crypto: TrailCrypto;
  /** The public keys that are trusted; others count only where one of them names them. */
  readonly keys: readonly string[];
  /** A line that the trail is known to have had. */
  readonly head: TrailPosition | undefined;
}

/** What is known of a trail. */
export interface TrailReport {
  readonly findings: TrailFindings;
  readonly segments: number;
  /** Segments whose lines were removed, as is signed. */
  readonly removed: number;
  /** Lines that were read and are in order. */
  readonly lines: number;
  /** The last line up to which all is in order and signed; undefined: nobody has signed for anything. */
  readonly proven: Proven | undefined;
  /** Lines behind the last seal: each follows the one before, and nobody has signed for them yet. */
  readonly unsealed: number;
  /** The last line; undefined where there is none, or where nobody can say. */
  readonly last: TrailPosition | undefined;
  /** Whether the head is in the trail; `removed`: it is among lines that are gone, so nobody can say. */
  readonly head: 'not_given' | 'found' | 'removed' | 'wrong';
}

/** What was seen of the line that the head names. */
type Sight =
  | { readonly kind: 'unseen' | 'found' | 'gone' }
  | { readonly kind: 'removed'; readonly segment: number }
  | { readonly kind: 'other'; readonly place: LinePlace };

/** Walks over the whole trail, and looks for the head. Rejects where a file cannot be read. */
export async function verifyTrail(options: VerifyOptions): Promise<TrailReport> {
  const { reader, crypto, keys, head } = options;
  let sight: Sight = { kind: 'unseen' };
  const look = ({ sequence, hash }: TrailPosition, place: LinePlace): void => {
    if (sequence !== head?.sequence) return;
    sight = hash === head.hash ? { kind: 'found' } : { kind: 'other', place };
  };
  const course = await walkTrail({
    ...{ reader, crypto, keys, trustsFirstSeal: false, readsAllLines: true },
    onLine: look,
    onSeal: ({ segment, first, last }, hasLines) => {
      if (hasLines || head === undefined) return;
      if (head.sequence >= first && head.sequence < last.sequence) {
        sight = { kind: 'removed', segment };
      }
      look(last, { file: sealFile(segment), line: 0 });
    },
  });
  return reportOf(course, head, judgedSight(course, sight));
}

/** Lines that are gone without anybody's having signed for that were not removed; the segment has its finding. */
function judgedSight({ removed }: Course, sight: Sight): Sight {
  return sight.kind === 'removed' && !removed.has(sight.segment) ? { kind: 'gone' } : sight;
}

function reportOf(course: Course, head: TrailPosition | undefined, sight: Sight): TrailReport {
  const { findings, counts, removed, proven, unsealed, seal } = course;
  if (head !== undefined) judgeHead(course, head, sight);
  return {
    findings,
    ...counts,
    removed: removed.size,
    proven,
    unsealed: unsealed?.lines.isSound === true ? unsealed.lines.count : 0,
    last: unsealed?.lines.last ?? seal?.last,
    head: head === undefined ? 'not_given' : HEADS[sight.kind],
  };
}

const HEADS: Readonly<Record<Sight['kind'], Exclude<TrailReport['head'], 'not_given'>>> = {
  ...{ unseen: 'wrong', other: 'wrong', gone: 'wrong' },
  ...{ found: 'found', removed: 'removed' },
};

/** A head that is not there is told behind the last line; damaged lines may be the reason, and are told before. */
function judgeHead(course: Course, { sequence }: TrailPosition, sight: Sight): void {
  if (sight.kind === 'other') {
    const { file, line } = sight.place;
    course.findings.add({ code: 'head_differs', file, line, sequence });
  }
  if (sight.kind !== 'unseen') return;
  const { unsealed, segment } = course;
  const file = linesFile(unsealed?.segment ?? segment);
  const line = (unsealed?.lines.count ?? 0) + 1;
  course.findings.add({ code: 'head_missing', file, line, sequence: course.next.sequence ?? 0 });
}
