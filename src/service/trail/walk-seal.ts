import { sealFile } from './file-names';
import { beginningOf } from './line';
import { readSeal, type Seal } from './seal';
import { MAX_DOCUMENT_BYTES } from './signed-document';
import type { Course } from './course';

/** The seal of a segment; undefined, and a finding, where it is not by a key that may sign it. */
export async function readSealOf(course: Course, segment: number): Promise<Seal | undefined> {
  const { reader, crypto } = course.options;
  const file = sealFile(segment);
  const found = readSeal(await reader.read(file, MAX_DOCUMENT_BYTES), crypto);
  const problem =
    'problem' in found ? CODES[found.problem] : course.ring.admit(found.seal.publicKey);
  const sequence = course.next.sequence ?? 0;
  if (problem !== undefined || 'problem' in found) {
    course.findings.add({ code: problem ?? 'malformed_seal', file, line: 0, sequence });
    return undefined;
  }
  if (!follows(course, found.seal, segment)) {
    course.findings.add({ code: 'wrong_seal_link', file, line: 0, sequence });
  }
  return found.seal;
}

const CODES = { malformed: 'malformed_seal', wrong_signature: 'wrong_seal_signature' } as const;

function follows({ next, seal: before, options }: Course, seal: Seal, segment: number): boolean {
  const previous =
    segment === 1 ? beginningOf(seal.publicKey, options.crypto) : (before?.hash ?? seal.previous);
  const first = next.sequence ?? seal.first;
  return seal.segment === segment && seal.previous === previous && seal.first === first;
}
