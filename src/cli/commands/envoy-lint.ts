import type { Finding } from '../../core/model/finding';
import type { FileReader } from '../../ports/file-reader';
import type { SourceFile } from '../../ports/policy-dialect';
import { errorAt, wholeFile, type LoadFindingCode } from '../../service/load-finding';
import type { CommandRun } from '../command';
import { reportFindings } from '../report-findings';
import { FINDING_RULES } from '../reporters/finding-advice';
import { UsageError } from '../usage-error';

const UNREADABLE = 'unreadable_file' satisfies LoadFindingCode;

/**
 * Reports what in configurations of Envoy would let a request past Ambit.
 *
 * @public load-command.ts requires it by name
 */
export const runEnvoyLint: CommandRun = async (parsed, context) => {
  const paths = [...new Set(parsed.positionals)];
  if (paths.length === 0) {
    throw new UsageError(
      'no file is given',
      'name a configuration of Envoy, or `-` for the standard input',
    );
  }
  const { reader, loadEnvoyLint } = context.dependencies;
  const read = await Promise.all(paths.map((path) => readFile(reader, path)));
  const sources = read.flatMap((each) => ('text' in each ? [each] : []));
  const failures = read.flatMap((each) => ('text' in each ? [] : [each]));
  const { lint, rules } = await loadEnvoyLint();
  const findings = [...failures, ...lint(sources)];
  const ofReading = FINDING_RULES.filter(({ code }) => code === UNREADABLE);
  return reportFindings(parsed, context, {
    loaded: { findings, sources, tests: [] },
    rules: [...ofReading, ...rules],
  });
};

async function readFile(reader: FileReader, path: string): Promise<SourceFile | Finding> {
  const read = await reader.read(path);
  if ('file' in read) return read.file;
  return errorAt(
    wholeFile(path),
    UNREADABLE,
    `cannot read \`${path}\`: ${read.failure}`,
    'name the files that Envoy is started with, or `-` for the standard input',
  );
}
