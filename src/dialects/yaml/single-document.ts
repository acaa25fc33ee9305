import type { PolicyDocument } from '../../core/model/policy-set';
import type { DialectResult, SourceFile } from '../../ports/policy-dialect';
import { readYaml } from './read-yaml';
import type { MapReader, ValueReader } from './reader';

/** What a document states; what it does not name is empty. */
export type DocumentParts = Partial<Omit<PolicyDocument, 'file' | 'dialect'>>;

/** How a dialect reads a file that is one document. */
export interface SingleDocument {
  readonly dialect: string;
  /** What one file holds, to complete "a file holds ...". */
  readonly what: string;
  /** Undefined: nothing could be read, and why is reported. */
  readonly read: (root: MapReader) => DocumentParts | undefined;
}

/** Reads a file of one document. A file with errors gives no document, whatever could be read of it. */
export function parseSingleDocument(
  file: SourceFile,
  { dialect, what, read }: SingleDocument,
): DialectResult {
  const { documents, report } = readYaml(file);
  const root = onlyDocument(documents, what)?.map();
  const parts = root === undefined ? undefined : read(root);
  const findings = report.findings();
  if (parts === undefined || report.hasErrors) return { findings };
  return { document: documentOf({ file: file.name, dialect }, parts), findings };
}

function documentOf(
  of: Pick<PolicyDocument, 'file' | 'dialect'>,
  parts: DocumentParts,
): PolicyDocument {
  const nothing = { providers: [], endpoints: [], credentials: [], targets: [], policies: [] };
  return { ...of, ...nothing, ...parts };
}

/** The first document. A second one is an error: what stands in it would not count. */
export function onlyDocument(
  [first, second]: readonly ValueReader[],
  what: string,
): ValueReader | undefined {
  second?.fail('contradiction', `a file holds ${what}, and this is a second document`, {
    help: 'write it into a file of its own',
  });
  return first;
}

/** Reads the mapping under the one key that a mapping has, which must be there. Any other key is reported. */
export function readUnder<T>(
  map: MapReader,
  key: string,
  read: (inner: MapReader) => T,
): T | undefined {
  const inner = map.required(key)?.map();
  const value = inner === undefined ? undefined : read(inner);
  map.close();
  return value;
}
