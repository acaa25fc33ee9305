import { canonicalId } from '../../core/policy/identifier';
import type { RequestContext } from '../../core/model/request';
import { nearestName } from '../../dialects/yaml/nearest';
import { replaceFile } from '../../platform/replace-file';
import { preview } from '../../service/preview';
import type { PreviewDocument } from '../../service/preview-document';
import type { CommandRun } from '../command';
import { printLine, type CommandContext } from '../command-context';
import { EXIT_CODES, type ExitCode } from '../exit-codes';
import { instantOf } from '../instant';
import { bundleOrReport } from '../load-bundle';
import type { ParsedArguments } from '../parsed-arguments';
import { createPalette } from '../palette';
import { previewPage } from '../reporters/preview-html';
import { headLine, previewText } from '../reporters/preview-text';
import { readRequest, requestTextOf } from '../request-text';
import { escapeJson } from '../text';
import { UsageError } from '../usage-error';

/**
 * Shows what is allowed and blocked at an instant, for whom, over the whole catalog.
 *
 * @public load-command.ts requires it by name
 */
export const runPreview: CommandRun = async (parsed, context) => {
  const { dependencies } = context;
  const nowMs = instantOf(parsed, context);
  const text = await requestTextOf(parsed, context);
  const { request } = readRequest(text, await dependencies.loadWireJson());
  const loaded = await bundleOrReport(parsed, context);
  if ('exitCode' in loaded) return loaded.exitCode;
  const common = { ...request, context: withoutModel(request.context) };
  const document = narrow(preview(loaded.bundle, common, nowMs), parsed);
  print(document, parsed, context);
  return exitCodeOf(document);
};

/** `--model` says what is shown, and not what is asked for. */
function withoutModel(context: RequestContext): RequestContext {
  const { model, ...others } = context;
  return model === undefined ? context : others;
}

/** Only the models that `--model` names; the sums stay those of the whole. A name that is none is a usage error. */
function narrow(whole: PreviewDocument, parsed: ParsedArguments): PreviewDocument {
  const wanted = parsed.values('model').map(canonicalId);
  if (wanted.length === 0) return whole;
  const names = whole.models.flatMap((model) => model.names);
  const missing = wanted.find((name) => !names.includes(name));
  if (missing !== undefined) {
    const nearest = nearestName(missing, names);
    throw new UsageError(
      `the catalog offers no model \`${missing}\` to such a request`,
      nearest === undefined
        ? 'leave `--model` out to see all models'
        : `did you mean \`${nearest}\`?`,
    );
  }
  const isWanted = (model: { readonly names: readonly string[] }): boolean =>
    model.names.some((name) => wanted.includes(name));
  const changes = whole.changes.list
    .map((change) => ({ ...change, models: change.models.filter(isWanted) }))
    .filter((change) => change.models.length > 0);
  return {
    ...whole,
    models: whole.models.filter(isWanted),
    changes: { ...whole.changes, list: changes },
  };
}

function print(document: PreviewDocument, parsed: ParsedArguments, context: CommandContext): void {
  const path = parsed.value('output') ?? '-';
  const text = render(document, parsed, path === '-' ? context : { ...context, palette: PLAIN });
  if (path === '-') {
    context.dependencies.stdout.write(text);
    return;
  }
  const failure = replaceFile(path, text);
  if (failure !== undefined) {
    throw new UsageError(
      `cannot write \`${path}\`: ${failure}`,
      'name a file in a directory of yours, or `-` to print it',
    );
  }
  printLine(context, headLine(document, context.palette));
}

/** What is read later has no colours, unless it is a page. */
const PLAIN = createPalette(false);

function render(
  document: PreviewDocument,
  parsed: ParsedArguments,
  { palette, dependencies: { digestOf } }: CommandContext,
): string {
  const format = parsed.value('format');
  if (format === 'json') return `${escapeJson(JSON.stringify(document, null, 2))}\n`;
  if (format === 'html') return previewPage(document, digestOf);
  return previewText(document, { detailed: parsed.has('model'), palette });
}

/** As for a decision over all that is shown: blocked only if nothing may receive any of it. */
function exitCodeOf({ models }: PreviewDocument): ExitCode {
  return models.some(({ outcome }) => outcome !== 'block') ? EXIT_CODES.ok : EXIT_CODES.blocked;
}
