import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import type { AnswerCounter, LeftCount } from '../../ports/answer-counter';

/** The name of the file beside the segments of a trail. */
export const COUNTER = 'answers';

/** Decimal digits of a number; all safe integers have fewer. */
const DIGITS = 16;

/** Three numbers, each with what ends it. */
const BYTES = 3 * (DIGITS + 1);

/** A link is not followed, and a pipe not waited for: nothing but a file of the trail is ever written to. */
const FLAGS = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Opens the counter of a trail's directory. A number is written at once and in place: what was handed to the system is
 * there after the process was killed. Nothing waits for the disk.
 */
export function openCounterFile(directory: string): AnswerCounter {
  const path = join(directory, COUNTER);
  const file = openSync(path, FLAGS, 0o600);
  if (!fstatSync(file).isFile()) {
    closeSync(file);
    throw new Error(`\`${path}\` is no file; move it away`);
  }
  return {
    before: readCount(file),
    write: ({ made, accounted, sequence }) => {
      const text = `${padded(made)} ${padded(accounted)} ${padded(sequence)}\n`;
      writeSync(file, text, 0, 'latin1');
    },
    close: () => {
      closeSync(file);
    },
  };
}

function readCount(file: number): LeftCount {
  const bytes = Buffer.alloc(BYTES);
  const length = readSync(file, bytes, 0, BYTES, 0);
  if (length === 0) return 'missing';
  const text = bytes.toString('latin1', 0, length);
  const [, ...digits] = /^(\d{16}) (\d{16}) (\d{16})\n$/.exec(text) ?? [];
  const [made, accounted, sequence] = digits.map(Number).filter(Number.isSafeInteger);
  if (made === undefined || accounted === undefined || sequence === undefined) return 'malformed';
  return accounted > made ? 'malformed' : { made, accounted, sequence };
}

function padded(count: number): string {
  return String(count).padStart(DIGITS, '0');
}
