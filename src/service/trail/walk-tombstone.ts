import { sealFile, tombstoneFile, type SegmentFiles } from './file-names';
import type { Seal } from './seal';
import { MAX_DOCUMENT_BYTES } from './signed-document';
import { isTombstoneOf, readTombstone, type Tombstone } from './tombstone';
import type { TrailCode } from './trail-codes';
import type { Course } from './course';

/** Holds the tombstone of a segment against its seal. */
export async function judgeRemoval(
  course: Course,
  files: SegmentFiles,
  seal: Seal | undefined,
): Promise<void> {
  const { reader, crypto } = course.options;
  const file = tombstoneFile(files.number);
  const sequence = course.next.sequence ?? 0;
  const found = readTombstone(await reader.read(file, MAX_DOCUMENT_BYTES), crypto);
  if (!files.hasSeal) {
    course.findings.add({ code: 'missing_seal', file: sealFile(files.number), line: 0, sequence });
  }
  const code = 'problem' in found ? CODES[found.problem] : misfitOf(found.tombstone, seal);
  if (code !== undefined) course.findings.add({ code, file, line: 0, sequence });
  else if (seal !== undefined && 'tombstone' in found) {
    const removedBy = found.tombstone.publicKey;
    const { first, segment, publicKey: sealedBy } = seal;
    const provenBefore = course.proven;
    const { hasLines } = files;
    course.tombstones.push({ file, segment, first, hasLines, sealedBy, removedBy, provenBefore });
  }
}

const CODES = {
  malformed: 'malformed_tombstone',
  wrong_signature: 'wrong_tombstone_signature',
} as const;

/** Undefined where there is no seal, too: that is a finding of its own. */
function misfitOf(tombstone: Tombstone, seal: Seal | undefined): TrailCode | undefined {
  if (seal === undefined) return undefined;
  if (!isTombstoneOf(tombstone, seal)) return 'tombstone_mismatch';
  const { retention, atMs } = seal;
  const isKept = retention?.immutable === true && tombstone.atMs < atMs + retention.keepMs;
  return isKept ? 'removed_early' : undefined;
}

/**
 * Only the key that signed a segment, or one that came into force later, may remove it. What was taken for proven behind
 * a removal by anybody else is not.
 */
export function judgeTombstoneKeys(course: Course): void {
  const { tombstones, ring, findings, removed } = course;
  for (const { file, segment, first, hasLines, sealedBy, removedBy } of tombstones) {
    if (!ring.isInOrder(sealedBy, removedBy)) {
      findings.add({ code: 'tombstone_mismatch', file, line: 0, sequence: first });
    } else if (!hasLines) removed.add(segment);
  }
  const wrong = tombstones.find((each) => !ring.isInOrder(each.sealedBy, each.removedBy));
  if (wrong !== undefined) course.proven = wrong.provenBefore;
}
