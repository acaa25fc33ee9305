import type { Finding } from '../core/model/finding';
import type { Scope } from '../core/model/policy';
import type { BundleSettings, PolicyDocument } from '../core/model/policy-set';
import { formatPosition } from '../core/model/source-position';
import type { BundleStatement, IncludeStatement, SourceFile } from '../ports/policy-dialect';
import type { PolicyTest } from '../ports/policy-test';
import type { PolicyRoot } from '../ports/service-config';
import { errorAt, wholeFile } from './load-finding';
import type { ParsedFile, SourceReader } from './source-reader';

/** A file in its place in the set. `document` is absent for a file that states nothing but the bundle. */
export interface ArrangedFile {
  readonly source: SourceFile;
  readonly dialect: string;
  readonly document?: PolicyDocument;
  readonly binding?: Scope;
  /** The text without the file's tests; absent: it holds none. */
  readonly text?: string;
}

/** All files in order: each root's, a bundle's includes right after it. */
export interface ArrangedSources {
  readonly files: readonly ArrangedFile[];
  readonly settings?: BundleSettings;
  /** The tests of all files, in the order of reading. */
  readonly tests: readonly PolicyTest[];
  readonly findings: readonly Finding[];
}

/** A file that the command line names, by itself or as one of a directory. */
interface RootFile {
  readonly path: string;
  readonly identity: string;
  readonly dialect?: string;
  readonly named: boolean;
}

interface Included {
  readonly statement: IncludeStatement;
  readonly identity: string;
  readonly parsed: ParsedFile;
}

/**
 * Reads everything that the roots stand for. A file of a directory that the Bundle document includes is loaded
 * only as it is bound there; one that the command line names itself as well is an error, because bound and
 * unbound contradict each other.
 */
export async function arrangeSources(
  roots: readonly PolicyRoot[],
  reader: SourceReader,
): Promise<ArrangedSources> {
  const findings: Finding[] = [];
  const rootFiles = await expandRoots(roots, reader, findings);
  const parsed = new Map<RootFile, ParsedFile>();
  for (const file of rootFiles) {
    const { path, dialect } = file;
    parsed.set(file, await reader.parse(dialect === undefined ? { path } : { path, dialect }));
  }
  const bundles = [...parsed].filter(([, { result }]) => result.bundle !== undefined);
  findings.push(...refuseFurtherBundles(bundles.map(([, file]) => file)));
  const [bundleFile, bundle] = bundles[0] ?? [];
  const statement = bundle?.result.bundle;
  const included =
    bundleFile === undefined || statement === undefined
      ? []
      : await readIncludes(bundleFile.path, statement, reader, findings);
  const byIdentity = new Map(included.map((include) => [include.identity, include]));
  const files: ArrangedFile[] = [];
  for (const [rootFile, file] of parsed) {
    const include = byIdentity.get(rootFile.identity);
    if (include !== undefined) {
      if (rootFile.named) findings.push(givenTwice(rootFile, include));
      continue;
    }
    findings.push(...file.result.findings);
    files.push(...arrange(file));
    if (rootFile === bundleFile) files.push(...included.flatMap(arrangeIncluded));
  }
  findings.push(...included.flatMap(({ parsed: { result } }) => result.findings));
  const settings = statement?.settings;
  const tests = testsOf([...parsed.values(), ...included.map((include) => include.parsed)]);
  return settings === undefined ? { files, tests, findings } : { files, settings, tests, findings };
}

async function expandRoots(
  roots: readonly PolicyRoot[],
  reader: SourceReader,
  findings: Finding[],
): Promise<readonly RootFile[]> {
  const files = new Map<string, RootFile>();
  for (const root of roots) {
    const expansion = await reader.files.expand(root.path);
    if ('failure' in expansion) {
      const message = `cannot read \`${root.path}\`: ${expansion.failure}`;
      findings.push(errorAt(wholeFile(root.path), 'unreadable_file', message));
      continue;
    }
    if (expansion.paths.length === 0) {
      const help =
        'policy files end in `.yaml`, `.yml` or `.json`; directories in it are not searched';
      const message = `the directory \`${root.path}\` holds no policy file`;
      findings.push(errorAt(wholeFile(root.path), 'no_policy_files', message, help));
    }
    for (const path of expansion.paths) {
      const identity = await reader.files.identityOf(path);
      const known = files.get(identity);
      const named = expansion.kind === 'file' || known?.named === true;
      const dialect = root.dialect ?? known?.dialect;
      files.set(identity, {
        path: known?.path ?? path,
        identity,
        named,
        ...(dialect === undefined ? {} : { dialect }),
      });
    }
  }
  return [...files.values()];
}

function refuseFurtherBundles(bundles: readonly ParsedFile[]): readonly Finding[] {
  const first = bundles[0]?.result.bundle;
  if (first === undefined) return [];
  return bundles.slice(1).flatMap(({ result }) => {
    if (result.bundle === undefined) return [];
    const message = `a second Bundle document; the first one stands at ${formatPosition(first.position)}`;
    const help = 'a set of files has one Bundle document: put what both say into one';
    return [errorAt(result.bundle.position, 'second_bundle', message, help)];
  });
}

async function readIncludes(
  bundlePath: string,
  bundle: BundleStatement,
  reader: SourceReader,
  findings: Finding[],
): Promise<readonly Included[]> {
  const included: Included[] = [];
  for (const statement of bundle.includes) {
    const resolved = reader.files.resolve(bundlePath, statement.file);
    if ('failure' in resolved) {
      const message = `cannot include \`${statement.file}\`: ${resolved.failure}`;
      findings.push(errorAt(statement.position, 'unreadable_file', message));
      continue;
    }
    const { path } = resolved;
    const { dialect, position: namedAt } = statement;
    const request = dialect === undefined ? { path, namedAt } : { path, namedAt, dialect };
    const parsed = await reader.parse(request);
    if (parsed.result.bundle !== undefined) {
      const help = 'only the file that `--policy` names may hold a Bundle document';
      const message = `\`${statement.file}\` is included, and holds a Bundle document itself`;
      findings.push(errorAt(parsed.result.bundle.position, 'second_bundle', message, help));
    }
    included.push({ statement, identity: await reader.files.identityOf(path), parsed });
  }
  return included;
}

function givenTwice(file: RootFile, include: Included): Finding {
  const { position } = include.statement;
  const message = `\`${file.path}\` is included here and named by \`--policy\` as well`;
  const help =
    'leave out one of them: an included file is bound to its scope, a named one applies to all';
  return errorAt(position, 'included_file_given_twice', message, help);
}

/** A file that was read as a root and as an include is read twice, and its tests count once. */
function testsOf(files: readonly ParsedFile[]): readonly PolicyTest[] {
  const bySource = new Map(files.map(({ source, result }) => [source?.name, result.tests ?? []]));
  return [...bySource.values()].flat();
}

/** A file of nothing but tests decides nothing, so it is no part of the set. */
function arrange({ source, dialect, result }: ParsedFile): readonly ArrangedFile[] {
  const { document, tests, text } = result;
  if (source === undefined || (document === undefined && tests !== undefined)) return [];
  return [
    {
      source,
      dialect,
      ...(document === undefined ? {} : { document }),
      ...(text === undefined ? {} : { text }),
    },
  ];
}

function arrangeIncluded({ statement, parsed }: Included): readonly ArrangedFile[] {
  const { scope } = statement;
  return arrange(parsed).map((file) => (scope === undefined ? file : { ...file, binding: scope }));
}
