import type { TrailCrypto } from '../../ports/trail-keys';
import { linesFile } from './file-names';
import { readLine } from './line';
import type { WriterParts } from './segment-hand';
import { TrailDamage } from './trail-error';
import type { Course, UnsealedEnd } from './course';
import type { Expected, TornEnd } from './walk-lines';

/** What was done: a whole line got its line end and is to be read, or so many bytes of a torn one were cut off. */
export type Mended = 'completed' | { readonly cutBytes: number };

/**
 * Makes the end of a trail whole, and certain: what is kept is on the disk. Throws `TrailDamage` for everything but
 * a line that a crash has torn.
 */
export async function mendEnd(parts: WriterParts, course: Course): Promise<Mended> {
  const isComplete = lacksLineEndOnly(course, parts.crypto);
  const { unsealed } = course;
  return unsealed === undefined ? { cutBytes: 0 } : mendFile(parts, unsealed, isComplete);
}

/** True if all that the trail lacks is its last line end. Throws `TrailDamage` as `mendEnd` does, and changes nothing. */
export function lacksLineEndOnly({ unsealed, findings }: Course, crypto: TrailCrypto): boolean {
  const torn = unsealed?.lines.torn;
  const [finding] = findings.kept;
  const isTornOnly = findings.count === 1 && torn !== undefined;
  if (finding !== undefined && !isTornOnly) throw new TrailDamage(finding);
  if (unsealed === undefined || torn === undefined) return false;
  const end = judgeTorn(torn, unsealed.lines.next, crypto);
  if (end === 'damaged' && finding !== undefined) throw new TrailDamage(finding);
  return end === 'complete';
}

async function mendFile(
  { files }: WriterParts,
  { segment, lines }: UnsealedEnd,
  isComplete: boolean,
): Promise<Mended> {
  const { torn, count } = lines;
  const file = await files.openAppend(linesFile(segment));
  try {
    if (isComplete) await file.append(new TextEncoder().encode('\n'));
    else if (torn !== undefined) await file.truncate(torn.offset);
    await file.sync();
  } finally {
    await file.close();
  }
  if (isComplete) return 'completed';
  if (count === 0) await files.remove(linesFile(segment));
  await files.syncDirectory();
  return { cutBytes: torn?.bytes.length ?? 0 };
}

/** A write that was cut short leaves the beginning of a line, and never more than a whole one. */
function judgeTorn(
  { bytes }: TornEnd,
  { sequence, previous }: Expected,
  crypto: TrailCrypto,
): 'complete' | 'cut' | 'damaged' {
  // A character may be torn, too.
  const loose = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const head = `{"seq":${String(sequence)},"prev":"${String(previous)}","kind":"`;
  const common = Math.min(head.length, loose.length);
  if (loose.slice(0, common) !== head.slice(0, common)) return 'damaged';
  if (!holdsWholeObject(loose)) return 'cut';
  return 'line' in readLine(bytes, crypto) ? 'complete' : 'damaged';
}

/** True if the object with which the text begins ends in it. */
function holdsWholeObject(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') isInString = !isInString;
    else if (isInString) at += character === '\\' ? 1 : 0;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    if (depth === 0) return true;
  }
  return false;
}
