import type { Retention } from '../../ports/trail';
import { linesFile, type SegmentFiles } from './file-names';
import { beginningOf } from './line';
import { rootOf } from './merkle';
import { readSegment } from './read-segment';
import { nextKeyIn } from './rotation';
import type { Seal } from './seal';
import type { TrailCode } from './trail-codes';
import type { Course } from './course';
import { walkLines, type Expected, type WalkedLines } from './walk-lines';

/** A segment that has lines, with its seal if that is in order. */
export interface SegmentParts {
  readonly files: SegmentFiles;
  readonly seal: Seal | undefined;
  readonly isLast: boolean;
  /** False: the size must do, where there is a seal. */
  readonly readsLines: boolean;
}

/** Holds the lines of a segment against each other and against their seal. */
export async function judgeLines(course: Course, parts: SegmentParts): Promise<void> {
  const { files, seal, readsLines } = parts;
  const { reader } = course.options;
  const file = linesFile(files.number);
  if (!readsLines && seal !== undefined) {
    if ((await reader.size(file)) !== seal.bytes) add(course, 'seal_mismatch', file, 0);
    return;
  }
  const bytes = await readSegment(reader, files.number);
  const start = startOf(course, parts, bytes);
  const lines = walk(course, file, start, bytes);
  judgeRotation(course, file, lines, seal);
  if (seal === undefined) takeUnsealed(course, parts, { lines, start });
  else if (lines.isSound) judgeSealed(course, { lines, seal }, file);
}

function walk(course: Course, file: string, start: Expected, bytes: Uint8Array): WalkedLines {
  const { crypto, onLine } = course.options;
  return walkLines(bytes, start, crypto, {
    onLine: (line, number) => {
      course.counts.lines += 1;
      onLine?.(line, { file, line: number });
    },
    onFinding: (code, line, sequence) => {
      course.findings.add({ code, file, line, sequence: sequence ?? 0 });
    },
  });
}

/** The first segment hangs on the key that its trail begins with. */
function startOf(course: Course, { files, seal }: SegmentParts, bytes: Uint8Array): Expected {
  const { next, options, ring } = course;
  if (files.number !== 1) return next;
  const key = seal?.publicKey ?? beginningKey(course, bytes);
  if (key === undefined) return next;
  if (seal === undefined) ring.admit(key);
  return { ...next, previous: beginningOf(key, options.crypto) };
}

/** Without a seal only the first line tells which of the given keys it is; where it tells none, the first is taken. */
function beginningKey({ options }: Course, bytes: Uint8Array): string | undefined {
  const { keys, crypto } = options;
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 128));
  return keys.find((key) => start.includes(`"prev":"${beginningOf(key, crypto)}"`)) ?? keys[0];
}

function judgeRotation(
  course: Course,
  file: string,
  { rotation, count, isSound }: WalkedLines,
  seal: Seal | undefined,
): void {
  const key = seal?.publicKey ?? course.ring.inForce();
  if (rotation === undefined) {
    if (seal?.nextKey !== undefined && isSound) add(course, 'seal_mismatch', file, 0);
    return;
  }
  const nextKey =
    key === undefined ? undefined : nextKeyIn(rotation.line, key, course.options.crypto);
  const isSealed = seal === undefined || seal.nextKey === nextKey;
  if (nextKey !== undefined && isSealed && rotation.number === count) return;
  const { sequence } = rotation.line;
  course.findings.add({ code: 'wrong_rotation', file, line: rotation.number, sequence });
}

function takeUnsealed(
  course: Course,
  { files, isLast }: SegmentParts,
  { lines, start }: { readonly lines: WalkedLines; readonly start: Expected },
): void {
  course.next = lines.next;
  if (!isLast || files.hasSeal) return;
  course.unsealed = { segment: files.number, lines, start };
  course.retention = lines.promise === undefined ? course.retention : lines.promise.retention;
}

interface Sealed {
  readonly lines: WalkedLines;
  readonly seal: Seal;
}

function judgeSealed(course: Course, { lines, seal }: Sealed, file: string): void {
  const last = lines.last?.sequence ?? seal.first - 1;
  if (last < seal.last.sequence) {
    course.findings.add({ code: 'missing_lines', file, line: lines.count + 1, sequence: last + 1 });
    return;
  }
  if (last > seal.last.sequence) {
    const line = seal.last.sequence - seal.first + 2;
    const sequence = seal.last.sequence + 1;
    course.findings.add({ code: 'seal_mismatch', file, line, sequence });
    return;
  }
  const promised = lines.promise === undefined ? course.retention : lines.promise.retention;
  const isSame =
    lines.first === seal.first &&
    lines.last?.hash === seal.last.hash &&
    rootOf(lines.tree, course.options.crypto) === seal.root &&
    lines.bytes === seal.bytes &&
    isSamePromise(promised, seal.retention);
  if (!isSame) add(course, 'seal_mismatch', file, 0);
}

function isSamePromise(one: Retention | undefined, other: Retention | undefined): boolean {
  return one?.keepMs === other?.keepMs && one?.immutable === other?.immutable;
}

function add(course: Course, code: TrailCode, file: string, line: number): void {
  course.findings.add({ code, file, line, sequence: course.next.sequence ?? 0 });
}
