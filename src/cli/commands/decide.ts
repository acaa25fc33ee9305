import type { ClientResult } from '../../ports/decision-client';
import type { AnswerDocument } from '../../ports/wire-json';
import { decideOnce } from '../../service/decide-once';
import { exitCodeOf, outcomeOf } from '../answer';
import type { ParsedArguments } from '../parsed-arguments';
import type { CommandRun } from '../command';
import { printJson, type CommandContext } from '../command-context';
import { EXIT_CODES, type ExitCode } from '../exit-codes';
import { printFailure } from '../failures';
import { instantOf } from '../instant';
import { bundleOrReport } from '../load-bundle';
import { decisionText } from '../reporters/decision-text';
import { readRequest, requestTextOf, type RequestText } from '../request-text';
import { warnOfUnnamedScope } from '../scope-hints';
import { connectTo, rejectTlsOptions } from '../server-connection';
import { UsageError } from '../usage-error';

/**
 * Decides one request from files or by a running Ambit; both are shown alike.
 *
 * @public load-command.ts requires it by name
 */
export const runDecide: CommandRun = async (parsed, context) => {
  if (parsed.has('model') === parsed.has('request')) {
    throw new UsageError(
      'a request is made from either `--model` or `--request`',
      'write `--model NAME`, or `--request FILE` for a DecideRequest as JSON',
    );
  }
  const request = await requestTextOf(parsed, context);
  const server = parsed.value('server');
  if (server === undefined) rejectTlsOptions(parsed);
  const result =
    server === undefined
      ? await decideHere(request, parsed, context)
      : await decideThere(request, server, { parsed, context });
  if ('exitCode' in result) return result.exitCode;
  print(result.answer, parsed, context);
  return exitCodeOf(outcomeOf(result.answer));
};

type Result = { readonly answer: AnswerDocument } | { readonly exitCode: ExitCode };

async function decideHere(
  request: RequestText,
  parsed: ParsedArguments,
  context: CommandContext,
): Promise<Result> {
  const { dependencies } = context;
  const nowMs = instantOf(parsed, context);
  const wireJson = await dependencies.loadWireJson();
  const ask = readRequest(request, wireJson);
  const loaded = await bundleOrReport(parsed, context);
  if ('exitCode' in loaded) return loaded;
  warnOfUnnamedScope(loaded.bundle, ask.request.context, context);
  const at = { nowMs, decisionId: dependencies.ids.next(nowMs) };
  return { answer: wireJson.toDocument(decideOnce(loaded.bundle, ask, at)) };
}

async function decideThere(
  request: RequestText,
  server: string,
  call: { readonly parsed: ParsedArguments; readonly context: CommandContext },
): Promise<Result> {
  const local = ['policy', 'catalog', 'now'].find((name) => call.parsed.has(name));
  if (local !== undefined) {
    throw new UsageError(
      `\`--${local}\` and \`--server\` exclude each other`,
      'the server decides by its own files and clock',
    );
  }
  const client = await connectTo(server, call.parsed, call.context);
  try {
    const result = await (request.kind === 'ask'
      ? client.decide(request.text)
      : client.listEligible(request.text));
    return answered(result, server, call.context);
  } finally {
    client.close();
  }
}

function answered(
  result: ClientResult<AnswerDocument>,
  server: string,
  context: CommandContext,
): Result {
  if ('answer' in result) return result;
  const { kind, message } = result.failure;
  if (kind === 'bad_request') throw new UsageError(message);
  const help = kind === 'unreachable' ? 'is `ambit serve` running there?' : undefined;
  printFailure(context, `no answer from \`${server}\`: ${message}`, help);
  return { exitCode: EXIT_CODES.noAnswer };
}

// A request from a file is a program's, unless somebody says otherwise.
function print(answer: AnswerDocument, parsed: ParsedArguments, context: CommandContext): void {
  const format = parsed.value('format') ?? (parsed.has('request') ? 'json' : 'text');
  if (format === 'json') {
    printJson(context, answer);
    return;
  }
  const subject = parsed.value('model') ?? '';
  context.dependencies.stdout.write(decisionText(answer, { subject, palette: context.palette }));
}
