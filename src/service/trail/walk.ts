import type { Course, WalkOptions } from './course';
import { linesFile, sealFile, segmentsIn, type SegmentFiles } from './file-names';
import { createKeyRing } from './key-ring';
import type { Seal } from './seal';
import { createTrailFindings, type TrailCode } from './trail-codes';
import { readSealOf } from './walk-seal';
import { judgeLines, type SegmentParts } from './walk-segment';
import { judgeRemoval, judgeTombstoneKeys } from './walk-tombstone';

/** Walks over all segments of a trail in order. Rejects where a file cannot be read. */
export async function walkTrail(options: WalkOptions): Promise<Course> {
  const course = newCourse(options);
  const segments = segmentsIn(await options.reader.list());
  const last = segments.at(-1)?.number ?? 0;
  for (const files of segments) {
    const readsLines = options.readsAllLines || files.number >= last - 1;
    await walkSegment(course, { files, isLast: files.number === last, readsLines });
  }
  judgeTombstoneKeys(course);
  return course;
}

function newCourse(options: WalkOptions): Course {
  return {
    options,
    findings: createTrailFindings(),
    ring: createKeyRing(options.trustsFirstSeal ? 'first' : options.keys),
    tombstones: [],
    removed: new Set(),
    counts: { segments: 0, lines: 0 },
    segment: 1,
    next: { sequence: 1, previous: undefined },
    ...{ seal: undefined, proven: undefined, retention: undefined, unsealed: undefined },
  };
}

async function walkSegment(course: Course, parts: Omit<SegmentParts, 'seal'>): Promise<void> {
  const { files, isLast } = parts;
  judgeNumber(course, files.number);
  const seal = files.hasSeal ? await readSealOf(course, files.number) : undefined;
  if (!files.hasSeal && !isLast) report(course, 'missing_seal', sealFile(files.number));
  if (files.hasTombstone) await judgeRemoval(course, files, seal);
  if (files.hasLines) await judgeLines(course, { ...parts, seal });
  else if (!files.hasTombstone) report(course, 'missing_segment', linesFile(files.number));
  course.counts.segments += 1;
  if (files.hasSeal || !isLast) goOn(course, files, seal);
  if (seal === undefined || course.findings.count > 0) return;
  course.proven = { segment: files.number, ...seal.last };
}

/** What follows hangs on the seal alone, so that damage in one segment does not spread over the others. */
function goOn(course: Course, files: SegmentFiles, seal: Seal | undefined): void {
  course.segment = files.number + 1;
  course.seal = seal;
  if (seal === undefined) {
    course.next = { sequence: course.next.sequence, previous: undefined };
    return;
  }
  course.next = { sequence: seal.last.sequence + 1, previous: seal.hash };
  course.retention = seal.retention;
  if (seal.nextKey !== undefined) course.ring.replace(seal.nextKey);
  course.options.onSeal?.(seal, files.hasLines);
}

function judgeNumber(course: Course, number: number): void {
  if (number === course.segment) return;
  report(course, 'missing_segment', linesFile(course.segment));
  course.segment = number;
  course.seal = undefined;
  course.next = { sequence: undefined, previous: undefined };
}

/** Adds a finding about a whole file. */
function report(course: Course, code: TrailCode, file: string): void {
  course.findings.add({ code, file, line: 0, sequence: course.next.sequence ?? 0 });
}
