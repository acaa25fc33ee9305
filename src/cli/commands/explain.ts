import { explain } from '../../core/engine/explain';
import type { Explanation } from '../../core/engine/explanation';
import { nearestName } from '../../dialects/yaml/nearest';
import type { AnswerDocument } from '../../ports/wire-json';
import { decideOnce } from '../../service/decide-once';
import { exitCodeOf, outcomeOf } from '../answer';
import type { ParsedArguments } from '../parsed-arguments';
import type { CommandRun } from '../command';
import { printJson } from '../command-context';
import { instantOf } from '../instant';
import { bundleOrReport } from '../load-bundle';
import { explanationText } from '../reporters/explanation-text';
import { readRequest, requestTextOf } from '../request-text';
import { warnOfUnnamedScope } from '../scope-hints';
import { UsageError } from '../usage-error';

/**
 * Decides one request from files, and shows every rule against every candidate.
 *
 * @public load-command.ts requires it by name
 */
export const runExplain: CommandRun = async (parsed, context) => {
  const { dependencies, palette } = context;
  const nowMs = instantOf(parsed, context);
  const request = await requestTextOf(parsed, context);
  const wireJson = await dependencies.loadWireJson();
  const ask = readRequest(request, wireJson);
  const loaded = await bundleOrReport(parsed, context);
  if ('exitCode' in loaded) return loaded.exitCode;
  warnOfUnnamedScope(loaded.bundle, ask.request.context, context);
  const explanation = narrow(explain(loaded.bundle, ask.request, nowMs), parsed);
  const at = { nowMs, decisionId: dependencies.ids.next(nowMs) };
  const answer: AnswerDocument = wireJson.toDocument(decideOnce(loaded.bundle, ask, at));
  if (parsed.value('format') === 'json') {
    printJson(context, { decision: answer, candidates: explanation.candidates });
  } else {
    const subject = parsed.value('model') ?? '';
    const detailed = parsed.has('target');
    const view = { answer, explanation, subject, detailed, palette };
    dependencies.stdout.write(explanationText(view));
  }
  return exitCodeOf(outcomeOf(answer));
};

/** Only the targets that `--target` names; a name that is no candidate is a usage error. */
function narrow(explanation: Explanation, parsed: ParsedArguments): Explanation {
  const wanted = parsed.values('target');
  if (wanted.length === 0) return explanation;
  const names = explanation.candidates.flatMap(({ ref, target }) => [ref, target]);
  const missing = wanted.find((name) => !names.includes(name));
  if (missing !== undefined) {
    const nearest = nearestName(missing, names);
    throw new UsageError(
      `the target \`${missing}\` is no candidate of this request`,
      nearest === undefined
        ? 'leave `--target` out to see all candidates'
        : `did you mean \`${nearest}\`?`,
    );
  }
  const candidates = explanation.candidates.filter(
    ({ ref, target }) => wanted.includes(ref) || wanted.includes(target),
  );
  return { ...explanation, candidates };
}
