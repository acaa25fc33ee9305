import { recordsInLog } from '../../service/reconcile/decision-lines';
import { reconcile } from '../../service/reconcile/reconcile';
import type { ReconcileResult } from '../../service/reconcile/reconcile';
import type { Reconciliation } from '../../service/reconcile/reconciliation';
import type { CommandRun } from '../command';
import { printJson, type CommandContext } from '../command-context';
import { EXIT_CODES, type ExitCode } from '../exit-codes';
import { differentFiles, linesOf } from '../log-files';
import type { ParsedArguments } from '../parsed-arguments';
import { reconciliationDocument } from '../reporters/reconciliation-json';
import { reconciliationText } from '../reporters/reconciliation-text';
import { UsageError } from '../usage-error';
import { windowOf } from '../window';

/**
 * Holds what Envoy has sent against what was decided.
 *
 * @public load-command.ts requires it by name
 */
export const runAuditReconcile: CommandRun = async (parsed, context) => {
  const window = windowOf(parsed);
  const files = await filesOf(parsed, context);
  const logs = await context.dependencies.loadLogReader();
  const result = await reconcile({
    records: recordsInLog(linesOf(files.decisions, logs)),
    envoyLog: linesOf(files.envoy, logs),
    window,
  });
  const reconciliation = completeOf(result);
  if (parsed.value('format') === 'json') printJson(context, reconciliationDocument(reconciliation));
  else context.dependencies.stdout.write(reconciliationText(reconciliation, context.palette));
  return exitCodeOf(reconciliation);
};

interface AuditFiles {
  readonly decisions: readonly string[];
  readonly envoy: readonly string[];
}

async function filesOf(parsed: ParsedArguments, context: CommandContext): Promise<AuditFiles> {
  const [decisions, attempts] = [parsed.values('decisions'), parsed.values('attempts')];
  if (decisions.length === 0) throw missing('decisions', 'what `ambit serve` has written');
  if (attempts.length === 0) throw missing('attempts', 'Envoy’s log of attempts');
  const envoy = [...attempts, ...parsed.values('requests')];
  if (decisions.includes('-') && envoy.includes('-')) {
    throw new UsageError(
      'the standard input `-` can be read only once, so that it is decisions or a log of Envoy’s',
      'name files for the others',
    );
  }
  const { reader } = context.dependencies;
  return {
    decisions: await differentFiles(decisions, reader),
    envoy: await differentFiles(envoy, reader),
  };
}

function missing(option: string, what: string): UsageError {
  return new UsageError(`\`--${option}\` is missing`, `name ${what}: \`--${option} FILE\``);
}

function completeOf(result: ReconcileResult): Reconciliation {
  if ('reconciliation' in result) return result.reconciliation;
  throw new UsageError(
    `there are more than ${String(result.tooMany)} decisions, which is more than can be held at once`,
    'give the records of a shorter time, with `--from` and `--to` for it',
  );
}

function exitCodeOf({ hasFindings, isClean }: Reconciliation): ExitCode {
  if (hasFindings) return EXIT_CODES.findings;
  return isClean ? EXIT_CODES.ok : EXIT_CODES.usage;
}
