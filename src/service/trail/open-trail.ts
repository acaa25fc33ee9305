import type { TrailFiles } from '../../ports/trail-files';
import type { Sha256, TrailSigner, TrailVerifier } from '../../ports/trail-keys';
import { EMPTY_HEAD, GENESIS, writeLine } from './line';
import type { LineKind, TrailHead } from './line';
import { sealName, segmentName, segmentsAmong } from './names';
import { readSegment } from './read-segment';
import type { SegmentReading } from './read-segment';
import { problemOfSeal, writeSeal } from './seal';

/** What a trail is written with. */
export interface TrailParts {
  readonly files: TrailFiles;
  readonly signer: TrailSigner;
  /** Knows the keys of the seals that are there, the signer's own among them. */
  readonly verifiers: readonly TrailVerifier[];
  readonly sha256: Sha256;
  readonly nowMs: () => number;
  /** Lines after which a segment is sealed. */
  readonly linesPerSegment: number;
}

/** A trail that is written. One process writes one trail. */
export interface Trail {
  /** Adds a line; its body is JSON without line ends. Resolves once it is on disk; rejects if it may not be. */
  append(kind: LineKind, body: string): Promise<TrailHead>;
  head(): TrailHead;
  /** Waits for what was appended, and seals the last segment. */
  close(): Promise<void>;
}

/** Where writing goes on. */
interface Tail {
  head: TrailHead;
  /** The number of the first line of the open segment. */
  first: number;
  hashes: string[];
  /** SHA-256 of the seal before it. */
  seal: string;
}

interface Waiting {
  readonly kind: LineKind;
  readonly body: string;
  readonly resolve: (head: TrailHead) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Opens a trail behind its last whole line. A last line without an end was never answered for, and is cut away; anything
 * else that does not hold together is a problem, and nothing is written.
 */
export async function openTrail(
  parts: TrailParts,
): Promise<{ readonly trail: Trail } | { readonly problem: string }> {
  const tail = await findTail(parts);
  return 'problem' in tail ? tail : { trail: createTrail(parts, tail) };
}

function createTrail(parts: TrailParts, found: Tail): Trail {
  let tail: Tail | undefined = found;
  let { head } = found;
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        // After a failure nobody knows what reached the disk, so it is read.
        tail ??= await findTailOrThrow(parts);
        const heads = await writeBatch(parts, tail, batch);
        ({ head } = tail);
        for (const [index, { resolve }] of batch.entries()) resolve(heads[index] ?? head);
      } catch (error) {
        tail = undefined;
        const cause = error instanceof Error ? error : new Error('the trail cannot be written');
        for (const { reject } of batch) reject(cause);
      }
    }
    writing = undefined;
  };
  return {
    head: () => head,
    append: (kind, body) =>
      new Promise((resolve, reject) => {
        waiting.push({ kind, body, resolve, reject });
        // What is appended while one write is under way shares the next one, and its sync.
        writing ??= Promise.resolve().then(writeAll);
      }),
    close: async () => {
      while (writing !== undefined) await writing;
      if (tail !== undefined && tail.hashes.length > 0) await seal(parts, tail);
    },
  };
}

async function writeBatch(
  parts: TrailParts,
  tail: Tail,
  batch: readonly Waiting[],
): Promise<readonly TrailHead[]> {
  let { head } = tail;
  const lines = batch.map((each) => {
    const line = writeLine(head, each, parts.sha256);
    ({ head } = line);
    return line;
  });
  await parts.files.append(segmentName(tail.first), lines.map(({ text }) => text).join(''));
  tail.head = head;
  tail.hashes.push(...lines.map((line) => line.head.hash));
  if (tail.hashes.length >= parts.linesPerSegment) await seal(parts, tail);
  return lines.map((line) => line.head);
}

/** Seals the open segment, and begins the next one. */
async function seal({ files, signer, sha256, nowMs }: TrailParts, tail: Tail): Promise<void> {
  const { first, hashes, seal: previous } = tail;
  const at = new Date(nowMs()).toISOString();
  const text = writeSeal({ first, hashes, previous }, { signer, sha256, at });
  await files.create(sealName(first), text);
  tail.seal = sha256(text);
  tail.first = first + hashes.length;
  tail.hashes = [];
}

async function findTailOrThrow(parts: TrailParts): Promise<Tail> {
  const tail = await findTail(parts);
  if ('problem' in tail) throw new Error(tail.problem);
  return tail;
}

/** Reads the last segment, and the seal in front of it. What is older is for `ambit audit verify`. */
async function findTail(parts: TrailParts): Promise<Tail | { readonly problem: string }> {
  const { files, sha256 } = parts;
  const names = await files.list();
  const segments = segmentsAmong(names);
  const first = segments.at(-1);
  if (first === undefined) return { head: EMPTY_HEAD, first: 1, hashes: [], seal: '' };
  const before = segments.at(-2);
  const sealBefore = before === undefined ? '' : await sealText(files, names, before);
  if (sealBefore === undefined) return { problem: `\`${segmentName(before ?? 0)}\` has no seal` };
  const reading = readSegment(
    await files.read(segmentName(first)),
    headBefore(first, sealBefore),
    sha256,
  );
  const { fault } = reading;
  if (fault !== undefined && fault.code !== 'torn_line') {
    return { problem: `\`${segmentName(first)}\`, line ${String(fault.line)}: ${fault.problem}` };
  }
  if (fault !== undefined) await files.truncate(segmentName(first), reading.goodBytes);
  const previous = sealBefore === '' ? '' : sha256(sealBefore);
  return closedTail(parts, names, { first, reading, previous });
}

/** A segment that has a seal already is closed: a crash came before the next one was begun. */
async function closedTail(
  { files, sha256, verifiers }: TrailParts,
  names: readonly string[],
  {
    first,
    reading,
    previous,
  }: { readonly first: number; readonly reading: SegmentReading; readonly previous: string },
): Promise<Tail | { readonly problem: string }> {
  const { head, hashes } = reading;
  const text = await sealText(files, names, first);
  if (text === undefined) return { head, first, hashes: [...hashes], seal: previous };
  const problem = problemOfSeal(text, { first, hashes, previous }, { verifiers, sha256 });
  if (problem !== undefined) return { problem: `\`${sealName(first)}\`: ${problem}` };
  return { head, first: first + hashes.length, hashes: [], seal: sha256(text) };
}

async function sealText(
  files: TrailFiles,
  names: readonly string[],
  first: number,
): Promise<string | undefined> {
  const name = sealName(first);
  return names.includes(name) ? Buffer.from(await files.read(name)).toString('utf8') : undefined;
}

/** The head in front of a segment, as the seal before it says; a wrong seal makes the first line a wrong one. */
function headBefore(first: number, sealBefore: string): TrailHead {
  const hash = /"hash":"([0-9a-f]{64})"/u.exec(sealBefore)?.[1] ?? GENESIS;
  return { sequence: first - 1, hash };
}
