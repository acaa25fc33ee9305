import type { Finding } from '../../core/model/finding';
import { readCatalogSource } from '../../dialects/catalogs';
import { contraryClaims } from '../../dialects/native/print/contrary-claims';
import { printDocument } from '../../dialects/native/print/print-document';
import type { DialectResult, PolicyDialect, SourceFile } from '../../ports/policy-dialect';
import { createSourceReader } from '../../service/source-reader';
import type { CommandRun } from '../command';
import type { CommandContext } from '../command-context';
import { EXIT_CODES, type ExitCode } from '../exit-codes';
import { saysUnreadable } from '../load-bundle';
import type { ParsedArguments } from '../parsed-arguments';
import { rootsFrom } from '../policy-roots';
import { findingReport } from '../reporters/findings-text';
import { countOf } from '../text';
import { UsageError } from '../usage-error';

/**
 * Reads one file and prints it in native words.
 *
 * @public load-command.ts requires it by name
 */
export const runImport: CommandRun = async (parsed, context) => {
  const dialects = await context.dependencies.loadDialects();
  const read = await readInput(parsed, context, dialects);
  if (read.dialect === 'native') {
    throw new UsageError(
      'the file is native already, so there is nothing to import',
      'name a file of another system; `ambit lint` checks a native one',
    );
  }
  return print(read, context, dialects);
};

/** A file, and what became of it. */
interface ReadInput {
  readonly dialect: string;
  readonly source?: SourceFile;
  readonly result: DialectResult;
}

/** The file that the arguments name: one, with or without `--catalog`. */
async function readInput(
  parsed: ParsedArguments,
  { dependencies: { reader } }: CommandContext,
  dialects: readonly PolicyDialect[],
): Promise<ReadInput> {
  const catalog = parsed.value('catalog');
  const names = [...(catalog === undefined ? [] : [catalog]), ...parsed.positionals];
  const [name, ...others] = names;
  if (name === undefined || others.length > 0) {
    const message =
      name === undefined ? 'there is nothing to import' : `only one file is imported at a time`;
    throw new UsageError(message, 'name one file, or one list with `--catalog FILE`');
  }
  if (catalog === undefined) {
    const [root] = rootsFrom(
      [name],
      dialects.map((dialect) => dialect.name),
    );
    return createSourceReader({ reader, dialects }).parse(root ?? { path: name });
  }
  const openrouter = dialects.find((dialect) => dialect.name === 'openrouter')?.providers;
  const parse = (file: SourceFile): DialectResult =>
    readCatalogSource(file, openrouter ?? new Map());
  const list = { name: 'catalog', detects: () => true, parse };
  return createSourceReader({ reader, dialects: [list] }).parse({ path: name });
}

function print(
  { source, result }: ReadInput,
  context: CommandContext,
  dialects: readonly PolicyDialect[],
): ExitCode {
  const { document, findings } = result;
  if (document === undefined) return report(findings, source, context);
  const text = printDocument(document, {
    findings,
    ...(source === undefined ? {} : { source: source.text }),
  });
  const contrary = contraryClaims(document, source?.text).map((fault) =>
    unsayable(fault, document.file),
  );
  if (contrary.length > 0) return report(contrary, source, context);
  const faults = faultsOf(text, document.file, dialects);
  if (faults.length > 0) return report(faults, { name: IMPORTED, text }, context);
  const { dependencies, errorPalette: palette } = context;
  dependencies.stdout.write(text === '' ? `# ${document.file} states nothing\n` : text);
  const { policies, providers, targets } = document;
  const parts = [
    policies.length === 1 ? '1 policy' : `${String(policies.length)} policies`,
    countOf(providers.length, 'provider'),
    countOf(targets.length, 'target'),
    countOf(findings.length, 'note'),
  ];
  dependencies.stderr.write(`${palette.bold('imported')}: ${parts.join(', ')}\n`);
  return EXIT_CODES.ok;
}

/** What the printed text is called where it is not readable itself. */
const IMPORTED = '(imported)';

/** What keeps the printed text from being read: a name, for example, that no native file can say. */
function faultsOf(
  text: string,
  file: string,
  dialects: readonly PolicyDialect[],
): DialectResult['findings'] {
  const native = dialects.find(({ name }) => name === 'native');
  if (native === undefined || text === '') return [];
  return native
    .parse({ name: IMPORTED, text })
    .findings.filter(({ severity }) => severity === 'error')
    .map((finding) => unsayable(finding, file));
}

function unsayable(finding: Finding, file: string): Finding {
  const advice = finding.help === undefined ? '' : `: ${finding.help}`;
  return { ...finding, help: `no native file can say this of ${file}; change it there${advice}` };
}

function report(
  findings: DialectResult['findings'],
  source: SourceFile | undefined,
  { dependencies, errorPalette }: CommandContext,
): ExitCode {
  const sources = source === undefined ? [] : [source];
  dependencies.stderr.write(`${findingReport({ findings, sources }, errorPalette)}\n`);
  return saysUnreadable(findings) ? EXIT_CODES.usage : EXIT_CODES.findings;
}
