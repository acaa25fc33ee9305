import type { Finding } from '../core/model/finding';
import type { SourcePosition } from '../core/model/source-position';
import type { FileReader } from '../ports/file-reader';
import type { DialectResult, PolicyDialect, SourceFile } from '../ports/policy-dialect';
import { errorAt, wholeFile } from './load-finding';

/** What reading and parsing need. */
export interface SourceReaderParts {
  readonly reader: FileReader;
  readonly dialects: readonly PolicyDialect[];
}

/** A file to read, and for whom: who names it decides where a failure is shown. */
export interface FileRequest {
  readonly path: string;
  readonly dialect?: string;
  /** The statement that names the file; absent: the command line does. */
  readonly namedAt?: SourcePosition;
}

/** A file with what its dialect made of it. `source` is absent if it could not be read. */
export interface ParsedFile {
  readonly source?: SourceFile;
  readonly dialect: string;
  readonly result: DialectResult;
}

/** Reads and parses files, and keeps their texts for reports. */
export interface SourceReader {
  readonly files: FileReader;
  parse(request: FileRequest): Promise<ParsedFile>;
  /** All texts so far, each file once. */
  sources(): readonly SourceFile[];
}

/** Creates a reader for one loading of the sources. */
export function createSourceReader(parts: SourceReaderParts): SourceReader {
  const texts = new Map<string, SourceFile>();
  return {
    files: parts.reader,
    sources: () => [...texts.values()],
    parse: async (request) => {
      const read = await parts.reader.read(request.path);
      if ('failure' in read) {
        const at = request.namedAt ?? wholeFile(request.path);
        return failed(
          errorAt(at, 'unreadable_file', `cannot read \`${request.path}\`: ${read.failure}`),
        );
      }
      texts.set(read.file.name, read.file);
      const chosen = chooseDialect(read.file, request, parts.dialects);
      if ('code' in chosen) return { ...failed(chosen), source: read.file };
      return { source: read.file, dialect: chosen.name, result: chosen.parse(read.file) };
    },
  };
}

function failed(finding: Finding): ParsedFile {
  return { dialect: '', result: { findings: [finding] } };
}

function chooseDialect(
  file: SourceFile,
  request: FileRequest,
  dialects: readonly PolicyDialect[],
): PolicyDialect | Finding {
  const names = dialects.map(({ name }) => `\`${name}\``).join(', ');
  if (request.dialect !== undefined) {
    const named = dialects.find(({ name }) => name === request.dialect);
    const at = request.namedAt ?? wholeFile(file.name);
    const message = `there is no dialect \`${request.dialect}\``;
    return named ?? errorAt(at, 'unknown_dialect', message, `the dialects are ${names}`);
  }
  const detected = dialects.filter((dialect) => dialect.detects(file));
  const [first, second] = detected;
  if (first === undefined) {
    const message = 'this is no dialect that Ambit reads';
    return errorAt(wholeFile(file.name), 'unknown_dialect', message, wayToDialect(file, names));
  }
  if (second === undefined) return first;
  const found = detected.map(({ name }) => `\`${name}\``).join(' and ');
  const help = 'name the one that is meant as `DIALECT:FILE`';
  return errorAt(wholeFile(file.name), 'ambiguous_dialect', `this looks like ${found}`, help);
}

/** Keys with which configurations of Envoy begin a line, and policies in no dialect. */
const ENVOY_KEY = /^(?:static_resources|dynamic_resources|bootstrap_extensions):/mu;

function wayToDialect({ text }: SourceFile, names: string): string {
  return ENVOY_KEY.test(text)
    ? 'this is a configuration of Envoy: keep it outside the directory of policies, and check it with `ambit envoy lint`'
    : `a policy file starts with \`apiVersion: ambit/v1\`; name another dialect as \`DIALECT:FILE\` (${names})`;
}
