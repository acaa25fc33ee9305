import { stat } from 'node:fs/promises';

import type { Expansion, FileReader, ReadOutcome } from '../../ports/file-reader';
import { digestOf } from '../../platform/digest';

/** What was read, in a form that can be compared with a later reading. */
export interface ReadingRecord {
  /** By the path that was expanded. */
  readonly expansions: ReadonlyMap<string, string>;
  /** By the path that was read: the digest of its text, or why there was none. */
  readonly contents: ReadonlyMap<string, string>;
}

/** A reader that notes what it reads. */
export interface RecordingReader {
  readonly reader: FileReader;
  record(): ReadingRecord;
  /** True if names, sizes and times of everything that was read are what they were before it was read. */
  isUntouched(): Promise<boolean>;
}

/** Creates a recorder around a reader. A path that is read twice gives the first text both times. */
export function createRecordingReader(inner: FileReader): RecordingReader {
  const expansions = new Map<string, string>();
  const contents = new Map<string, string>();
  const marks = new Map<string, string>();
  const outcomes = new Map<string, Promise<ReadOutcome>>();
  const readOnce = async (path: string): Promise<ReadOutcome> => {
    // Marked before it is read: a change while it is read must show.
    marks.set(path, await markOf(path));
    const outcome = await inner.read(path);
    contents.set(path, describeContent(outcome));
    return outcome;
  };
  return {
    record: () => ({ expansions, contents }),
    isUntouched: () => isUntouched(inner, expansions, marks),
    reader: {
      resolve: (fromFile, included) => inner.resolve(fromFile, included),
      identityOf: (path) => inner.identityOf(path),
      expand: async (path) => {
        const expansion = await inner.expand(path);
        expansions.set(path, describeExpansion(expansion));
        return expansion;
      },
      read: (path) => {
        const known = outcomes.get(path) ?? readOnce(path);
        outcomes.set(path, known);
        return known;
      },
    },
  };
}

async function isUntouched(
  inner: FileReader,
  expansions: ReadonlyMap<string, string>,
  marks: ReadonlyMap<string, string>,
): Promise<boolean> {
  for (const [path, before] of marks) if ((await markOf(path)) !== before) return false;
  for (const [path, before] of expansions) {
    if (describeExpansion(await inner.expand(path)) !== before) return false;
  }
  return true;
}

/** True if a new reading of the same paths finds the same. */
export async function isUnchanged(inner: FileReader, record: ReadingRecord): Promise<boolean> {
  for (const [path, before] of record.expansions) {
    if (describeExpansion(await inner.expand(path)) !== before) return false;
  }
  for (const [path, before] of record.contents) {
    if (describeContent(await inner.read(path)) !== before) return false;
  }
  return true;
}

/** Which file a path leads to, and when it was touched last; the change time cannot be set by programs. */
async function markOf(path: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(':');
  } catch {
    // That it is missing is a state like others; reading reports it.
    return 'missing';
  }
}

function describeExpansion(expansion: Expansion): string {
  return JSON.stringify(expansion);
}

function describeContent(outcome: ReadOutcome): string {
  return 'file' in outcome ? digestOf(outcome.file.text) : outcome.failure;
}
