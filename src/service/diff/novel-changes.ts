import type { Asked } from './sent-questions';
import type { DiffChange } from './diff-document';
import { changeOf, type Answers, type SideAnswer } from './compare';
import { visibleById } from '../../core/engine/catalog-view';
import type { Question } from './questions';

/**
 * The changes of one class of requests, each told once: what is told of a model or of a target is not repeated for
 * candidates that are the same target with a region or a credential, nor for pairs of which it is one.
 */
export function novelChanges(
  named: readonly Asked[],
  sent: readonly Asked[],
): readonly DiffChange[] {
  const told = new Set<string>();
  const changes: DiffChange[] = [];
  for (const { question, answers } of [...named, ...sent]) {
    const change = changeOf(question, answers);
    if (change === undefined) continue;
    const news = newsOf(question, change);
    const isSent = question.model === undefined;
    if (isSent && news.every((ways) => ways.some((way) => told.has(way)))) continue;
    [...news.flat(), ...byModel(answers, change)].forEach((way) => told.add(way));
    changes.push(change);
  }
  return changes;
}

/** What a change tells; of each, the forms in which it may have been told before. */
function newsOf(question: Question, change: DiffChange): readonly (readonly string[])[] {
  const { gains, loses, from, to, fromCode = '', toCode = '' } = change;
  const turned = [
    ...gains.map(({ target }) => formsOf(question, target).map((form) => `+ ${form}`)),
    ...loses.map(({ target }) => formsOf(question, target).map((form) => `- ${form}`)),
  ];
  return turned.length > 0 ? turned : [[`${from} ${fromCode} > ${to} ${toCode}`]];
}

/** The candidate itself, and the same without the parts that it lays over its target. */
function formsOf(question: Question, ref: string): readonly string[] {
  const candidate = [...question.new, ...question.old].find((each) => each.ref === ref);
  const { target, provider, model } = candidate ?? {};
  return [ref, target ?? `${provider ?? ''}/${model ?? ''}`];
}

/** The same targets by provider and model, as an enforcement point may name them, too. */
function byModel({ old, new: fresh }: Answers, { gains, loses }: DiffChange): readonly string[] {
  const formsIn = ({ view }: SideAnswer, ref: string): readonly string[] =>
    visibleById(view, ref).map(({ identity: { provider, model } }) => `${provider}/${model}`);
  return [
    ...gains.flatMap(({ target }) => formsIn(fresh, target).map((form) => `+ ${form}`)),
    ...loses.flatMap(({ target }) => formsIn(old, target).map((form) => `- ${form}`)),
  ];
}
