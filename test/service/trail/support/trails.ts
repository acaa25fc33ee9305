import { generateTrailKeys, signerFromPem, trailCrypto } from '../../../../src/platform/trail-keys';
import type { Retention, Trail, TrailPosition } from '../../../../src/ports/trail';
import type { TrailFiles } from '../../../../src/ports/trail-files';
import type { TrailCrypto, TrailSigner } from '../../../../src/ports/trail-keys';
import { openTrail } from '../../../../src/service/trail/open-trail';
import type { SegmentLimits } from '../../../../src/service/trail/segment-hand';
import { verifyTrail, type TrailReport } from '../../../../src/service/trail/verify-trail';
import { memoryDisk, type MemoryDisk } from './memory-disk';

/** A new key. */
export function newSigner(): TrailSigner {
  const signer = signerFromPem(generateTrailKeys().privatePem);
  if ('problem' in signer) throw new Error(signer.problem);
  return signer;
}

/** Keys that all tests share, because none is about their value. */
export const KEY = newSigner();
export const NEXT_KEY = newSigner();

/** 1 July 2026, 00:00 UTC. */
export const START_MS = Date.UTC(2026, 6, 1);

const judged = new Map<string, boolean>();

/** The real thing, which does not check the same signature twice: tests verify one trail with thousands of changes. */
const CRYPTO: TrailCrypto = {
  ...trailCrypto,
  isSignedBy: (...asked) => {
    const key = JSON.stringify(asked);
    const isSigned = judged.get(key) ?? trailCrypto.isSignedBy(...asked);
    judged.set(key, isSigned);
    return isSigned;
  },
};

/** Segments of three lines. */
const SMALL: SegmentLimits = { maxLines: 3, maxBytes: 1_000_000, maxAgeMs: 60_000 };

/** What differs from a trail of three lines a segment that began on 1 July 2026. */
export interface Opening {
  readonly current?: TrailSigner;
  readonly previous?: TrailSigner;
  readonly limits?: SegmentLimits;
  readonly retention?: Retention;
  readonly nowMs?: () => number;
  readonly onCommitted?: () => void;
}

/** Opens a trail. */
export function open(files: TrailFiles, opening: Opening = {}): Promise<Trail> {
  const { current = KEY, previous, limits = SMALL, retention, nowMs = () => START_MS } = opening;
  const { onCommitted } = opening;
  return openTrail({
    ...{ files, crypto: CRYPTO, clock: { nowMs }, limits },
    signers: { current, ...(previous === undefined ? {} : { previous }) },
    ...(retention === undefined ? {} : { retention }),
    ...(onCommitted === undefined ? {} : { onCommitted }),
  });
}

/** A record that says its number. */
export function recordOf(number: number): string {
  return JSON.stringify({ decision_id: `d-${String(number)}`, outcome: 'allow' });
}

/** Appends so many records one after the other. */
export async function appendAll(trail: Trail, count: number, from = 1): Promise<TrailPosition[]> {
  const positions: TrailPosition[] = [];
  for (let number = from; number < from + count; number += 1) {
    positions.push(await trail.append(recordOf(number)));
  }
  return positions;
}

/** A disk with a closed trail of so many records. */
export async function diskWith(count: number, opening: Opening = {}): Promise<MemoryDisk> {
  const disk = memoryDisk();
  const trail = await open(disk.files, opening);
  await appendAll(trail, count);
  await trail.close();
  return disk;
}

/** Verifies what is on a disk. */
export function verify(
  disk: MemoryDisk,
  head?: TrailPosition,
  keys: readonly string[] = [KEY.publicKey],
): Promise<TrailReport> {
  return verifyTrail({ reader: disk.files, crypto: CRYPTO, keys, head });
}

/** The findings as `code file:line sequence`. */
export async function findingsOf(
  disk: MemoryDisk,
  head?: TrailPosition,
  keys?: readonly string[],
): Promise<readonly string[]> {
  const { findings } = await verify(disk, head, keys);
  return findings.kept.map(
    ({ code, file, line, sequence }) => `${code} ${file}:${String(line)} ${String(sequence)}`,
  );
}

/** The text of a file. */
export function textOn(disk: MemoryDisk, name: string): string {
  return new TextDecoder().decode(disk.snapshot()[name]);
}

/** A disk that differs from another one in one file; undefined removes it. */
export function withFile(
  disk: MemoryDisk,
  name: string,
  content: string | Uint8Array | undefined,
): MemoryDisk {
  const files = Object.entries(disk.snapshot()).filter(([other]) => other !== name);
  if (content === undefined) return memoryDisk(Object.fromEntries(files));
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return memoryDisk(Object.fromEntries([...files, [name, bytes]]));
}

/** The texts of all records that stand in the trail. */
export function recordsOn(disk: MemoryDisk): readonly string[] {
  return Object.keys(disk.snapshot())
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) => textOn(disk, name).trimEnd().split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly record?: unknown })
    .flatMap(({ record }) => (record === undefined ? [] : [JSON.stringify(record)]));
}
