import type { Finding } from '../../core/model/finding';
import type { BlockStatus } from '../../core/model/policy';
import type { DialectResult, PolicyDialect, SourceFile } from '../../ports/policy-dialect';
import { readYaml } from '../yaml/read-yaml';
import { onlyDocument } from '../yaml/single-document';
import { hasTopLevelLine } from '../yaml/top-level-key';
import { Notes } from './notes';
import { readPack } from './pack';

/** What the service's configuration can say of packs. */
export interface KeeptrustsOptions {
  /** The status of a block when nothing is left; Keeptrusts' documents say 403 and 409. Default 403. */
  readonly blockStatus?: BlockStatus;
}

/** Why 403: it is the one that is documented with a code, and client libraries retry a 409. */
const DEFAULT_BLOCK_STATUS: BlockStatus = 403;

/** Reads Keeptrusts packs (`policy-config.yaml`) as they are; see docs/dialects/keeptrusts.md. */
export function createKeeptrustsDialect({ blockStatus }: KeeptrustsOptions = {}): PolicyDialect {
  return {
    name: 'keeptrusts',
    detects: hasTopLevelLine('pack'),
    parse: (file) => parsePack(file, blockStatus ?? DEFAULT_BLOCK_STATUS),
  };
}

function parsePack(file: SourceFile, blockStatus: BlockStatus): DialectResult {
  const { documents, report } = readYaml(file);
  const notes = new Notes();
  const root = onlyDocument(documents, 'one pack')?.map();
  const document =
    root === undefined ? undefined : readPack(root, { file: file.name, blockStatus, notes });
  const findings = [...report.findings(), ...notes.findings()].sort(byPosition);
  return document === undefined || report.hasErrors ? { findings } : { document, findings };
}

function byPosition({ position: left }: Finding, { position: right }: Finding): number {
  return left.line - right.line || left.column - right.column;
}
