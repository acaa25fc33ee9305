import type { Bundle } from '../../core/engine/bundle';
import { diff, type DiffResult } from '../../service/diff/diff';
import type { DiffDocument } from '../../service/diff/diff-document';
import type { CommandRun } from '../command';
import { printJson, type CommandContext } from '../command-context';
import { EXIT_CODES, type ExitCode } from '../exit-codes';
import { instantOf } from '../instant';
import { loadFrom, reportUnlessLoaded } from '../load-bundle';
import type { ParsedArguments } from '../parsed-arguments';
import { rootsFrom } from '../policy-roots';
import { diffText } from '../reporters/diff-text';
import { UsageError } from '../usage-error';

/**
 * Shows who gains and who loses which target between two states of the policies.
 *
 * @public load-command.ts requires it by name
 */
export const runDiff: CommandRun = async (parsed, context) => {
  const nowMs = instantOf(parsed, context);
  const { before, after } = sidesOf(parsed);
  const loadedBefore = await bundleOf(before, parsed, context);
  const loadedAfter = await bundleOf(after, parsed, context);
  if ('exitCode' in loadedBefore) return loadedBefore.exitCode;
  if ('exitCode' in loadedAfter) return loadedAfter.exitCode;
  const pair = { old: loadedBefore.bundle, new: loadedAfter.bundle };
  const document = completeOf(diff(pair, nowMs));
  if (parsed.value('format') === 'json') printJson(context, document);
  else context.dependencies.stdout.write(diffText(document, context.palette));
  return exitCodeOf(document, parsed.has('fail-on-wider'));
};

function sidesOf(parsed: ParsedArguments): { readonly before: string; readonly after: string } {
  const [before, after, more] = parsed.positionals;
  if (before === undefined || after === undefined || more !== undefined) {
    throw new UsageError(
      'two states of the policies are compared, the old one and the new one',
      'name a file or a directory for each: `ambit diff OLD NEW`',
    );
  }
  const isStdin = (text: string): boolean => text === '-' || text.endsWith(':-');
  if (parsed.values('catalog').some(isStdin) || (isStdin(before) && isStdin(after))) {
    throw new UsageError(
      'the standard input `-` can be read only once, so that only one of the two can be it',
      'name files for the others',
    );
  }
  return { before, after };
}

async function bundleOf(
  side: string,
  parsed: ParsedArguments,
  context: CommandContext,
): Promise<{ readonly bundle: Bundle } | { readonly exitCode: ExitCode }> {
  const dialects = await context.dependencies.loadDialects();
  const texts = [side, ...parsed.values('catalog')];
  const roots = rootsFrom(
    texts,
    dialects.map(({ name }) => name),
  );
  return reportUnlessLoaded(await loadFrom(parsed, context, roots), context);
}

function completeOf(result: DiffResult): DiffDocument {
  if ('document' in result) return result.document;
  const what = {
    scopes: 'combinations of scope values',
    requests: 'combinations of scopes, situations and targets',
    pairs: 'pairs of targets under warn policies',
  }[result.tooLarge];
  throw new UsageError(
    `the two cannot be compared whole: there are too many ${what}`,
    'compare them in parts, such as one tenant’s policies at a time',
  );
}

function exitCodeOf({ wider, unproven }: DiffDocument, failOnWider: boolean): ExitCode {
  return failOnWider && (wider || unproven.length > 0) ? EXIT_CODES.findings : EXIT_CODES.ok;
}
