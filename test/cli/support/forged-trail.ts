import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { publicKeyFromPem, trailCrypto } from '../../../src/platform/trail-keys';
import { linesFile, sealFile, segmentsIn } from '../../../src/service/trail/file-names';
import { beginningOf, writeLine, type Link, type LineKind } from '../../../src/service/trail/line';
import { readSeal } from '../../../src/service/trail/seal';
import type { TrailDirectory } from './trail-directory';

/** A line that somebody without the private key writes: its kind, and its content as JSON. */
export type ForgedLine = readonly [LineKind, string];

/** The lines of a segment that hang on a link, each on the one before. */
export function chained(link: Link, lines: readonly ForgedLine[]): string {
  let next = link;
  const texts = lines.map(([kind, json]) => {
    const { pieces, hash } = writeLine(next, kind, json, trailCrypto);
    next = { sequence: next.sequence + 1, previous: hash };
    return Buffer.concat(pieces).toString();
  });
  return texts.join('');
}

/** Writes lines behind the last seal of a trail, or a trail of them alone, as well as it can be done without a key. */
export function forge({ trail, key }: TrailDirectory, lines: readonly ForgedLine[]): string {
  const number = (segmentsIn(readdirSync(trail)).at(-1)?.number ?? 0) + 1;
  const file = join(trail, linesFile(number));
  writeFileSync(file, chained(linkOf(trail, key, number), lines));
  return file;
}

function linkOf(trail: string, key: string, number: number): Link {
  if (number > 1) return linkBehind(join(trail, sealFile(number - 1)));
  const read = publicKeyFromPem(readFileSync(key, 'utf8'));
  if ('problem' in read) throw new Error(read.problem);
  return { sequence: 1, previous: beginningOf(read.key, trailCrypto) };
}

function linkBehind(file: string): Link {
  const read = readSeal(readFileSync(file), trailCrypto);
  if ('problem' in read) throw new Error(read.problem);
  return { sequence: read.seal.last.sequence + 1, previous: read.seal.hash };
}
