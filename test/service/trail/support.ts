import {
  generateTrailKeys,
  readSigner,
  readVerifier,
  sha256,
} from '../../../src/platform/trail-keys';
import type { TrailFiles } from '../../../src/ports/trail-files';
import { openTrail } from '../../../src/service/trail/open-trail';
import type { Trail, TrailParts } from '../../../src/service/trail/open-trail';
import { verifyTrail } from '../../../src/service/trail/verify-trail';
import type { TrailProof } from '../../../src/service/trail/verify-trail';
import type { TrailHead } from '../../../src/service/trail/line';

const PAIR = generateTrailKeys();

function made<T extends object>(value: T | { readonly problem: string }): T {
  if ('problem' in value) throw new Error(value.problem);
  return value;
}

export const SIGNER = made(readSigner(PAIR.privatePem));
const VERIFIER = made(readVerifier(PAIR.publicPem));
/** A key that signed nothing. */
export const STRANGER = made(readSigner(generateTrailKeys().privatePem));

/** A disk in memory: what was written, and what of it a power cut leaves. */
export interface Disk extends TrailFiles {
  readonly written: Map<string, Buffer>;
  /** How often something was made to last. */
  syncs: number;
  /** Throws away everything that was not made to last, but for a random part of the last write. */
  cutPower(kept: number): void;
  /** The next write fails: after so many bytes have reached the file. */
  failAfter: number | undefined;
  /** The disk as a process sees it that dies with the next power cut: from then on, nothing it does happens. */
  session(): TrailFiles;
}

/** `hasSync: false`: nothing is ever made to last, as if the sync were forgotten. */
export function createDisk({ hasSync = true } = {}): Disk {
  const written = new Map<string, Buffer>();
  let boot = 0;
  let durable = new Map<string, Buffer>();
  const sync = (): void => {
    disk.syncs += 1;
    if (hasSync) durable = new Map(written);
  };
  const add = (name: string, text: string): void => {
    const old = written.get(name) ?? Buffer.alloc(0);
    if (disk.failAfter !== undefined) {
      const part = Buffer.from(text).subarray(0, disk.failAfter);
      disk.failAfter = undefined;
      written.set(name, Buffer.concat([old, part]));
      throw new Error('ENOSPC');
    }
    written.set(name, Buffer.concat([old, Buffer.from(text)]));
  };
  const disk: Disk = {
    written,
    syncs: 0,
    failAfter: undefined,
    list: async () => Promise.resolve([...written.keys()].sort()),
    read: async (name) => Promise.resolve(written.get(name) ?? Buffer.alloc(0)),
    append: async (name, text) => {
      const own = boot;
      add(name, text);
      await Promise.resolve();
      if (own === boot) sync();
    },
    truncate: (name, bytes) => {
      written.set(name, (written.get(name) ?? Buffer.alloc(0)).subarray(0, bytes));
      sync();
      return Promise.resolve();
    },
    create: (name, text) => {
      if (written.has(name)) return Promise.reject(new Error('EEXIST'));
      const isWhole = disk.failAfter === undefined || disk.failAfter % 2 === 0;
      if (isWhole) written.set(name, Buffer.from(text));
      if (disk.failAfter !== undefined) {
        disk.failAfter = undefined;
        return Promise.reject(new Error('EIO'));
      }
      sync();
      return Promise.resolve();
    },
    session: () => {
      const own = boot;
      const alive = async <T>(act: () => Promise<T>): Promise<T> => {
        const gone = new Promise<T>(() => undefined);
        if (own !== boot) return gone;
        const result = await act();
        return own === boot ? result : gone;
      };
      return {
        list: () => alive(() => disk.list()),
        read: (name) => alive(() => disk.read(name)),
        append: (name, text) => alive(() => disk.append(name, text)),
        truncate: (name, bytes) => alive(() => disk.truncate(name, bytes)),
        create: (name, text) => alive(() => disk.create(name, text)),
      };
    },
    cutPower: (kept) => {
      boot += 1;
      const torn = new Map(durable);
      for (const [name, bytes] of written) {
        const safe = durable.get(name)?.length ?? 0;
        const size = Math.min(bytes.length, safe + kept);
        // A file that is written whole appears whole or not at all.
        if (size > safe && name.endsWith('.jsonl')) torn.set(name, bytes.subarray(0, size));
      }
      written.clear();
      for (const [name, bytes] of torn) written.set(name, bytes);
      durable = new Map(written);
    },
  };
  return disk;
}

/** What a trail on a disk is opened with. */
export function partsOn(files: TrailFiles, linesPerSegment = 4): TrailParts {
  return {
    files,
    signer: SIGNER,
    verifiers: [VERIFIER],
    sha256,
    nowMs: () => Date.UTC(2026, 0, 30),
    linesPerSegment,
  };
}

export async function open(files: TrailFiles, linesPerSegment?: number): Promise<Trail> {
  return made(await openTrail(partsOn(files, linesPerSegment))).trail;
}

export function verify(files: TrailFiles, head?: TrailHead): Promise<TrailProof> {
  const evidence = { verifiers: [VERIFIER], sha256 };
  return verifyTrail(files, head === undefined ? evidence : { ...evidence, head });
}

/** A disk with so many lines, closed; segments have four lines. */
export async function diskWith(lines: number): Promise<Disk> {
  const disk = createDisk();
  const trail = await open(disk);
  for (let number = 1; number <= lines; number += 1) {
    await trail.append('record', JSON.stringify({ n: number, text: 'é"\\n' }));
  }
  await trail.close();
  return disk;
}
