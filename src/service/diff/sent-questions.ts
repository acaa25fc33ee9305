import type { Decision } from '../../core/model/decision';
import type { Candidate } from '../../core/model/request';
import { askBoth, type Answers, type Scene } from './compare';
import { sentQuestion, type Question } from './questions';

/** A question and what both bundles answer. */
export interface Asked {
  readonly question: Question;
  readonly answers: Answers;
}

/**
 * Each candidate alone; then, where what warn policies find differs, pairs of candidates: beside another one, a
 * target may be blocked that a warn policy lets pass where nothing meets it (L9). Of candidates of which both
 * bundles find the same, one stands for all in pairs. Undefined if there are too many.
 */
export function askSent(
  scene: Scene,
  candidates: readonly Candidate[],
): readonly Asked[] | undefined {
  const alone = candidates.map((candidate) => askedOf(scene, sentQuestion([candidate])));
  if (!alone.some(({ answers }) => isWarned(answers))) return alone;
  const kinds = [...new Map(alone.map((asked) => [kindOf(asked), asked])).values()];
  const touched = scene.sameWarn ? kinds.filter(({ answers }) => isTouched(answers)) : kinds;
  if (touched.length * kinds.length > scene.maxPairs) return undefined;
  return [...alone, ...pairsOf(touched, kinds).map((question) => askedOf(scene, question))];
}

function kindOf({ answers }: Asked): string {
  return JSON.stringify([profileOf(answers.old.decision), profileOf(answers.new.decision)]);
}

function askedOf(scene: Scene, question: Question): Asked {
  return { question, answers: askBoth(scene, question) };
}

/** Each of the first with each of all, once; pairs that no warn policy concerns get what each gets alone. */
function pairsOf(first: readonly Asked[], all: readonly Asked[]): readonly Question[] {
  const places = new Map(all.map((asked, place) => [asked, place]));
  const done = new Set(first);
  return first.flatMap((left) =>
    all.flatMap((right) => {
      const [from, to] = [places.get(left) ?? 0, places.get(right) ?? 0];
      const isTwin = from === to || (done.has(right) && to < from);
      if (isTwin || !(isWarned(left.answers) || isWarned(right.answers))) return [];
      return [sentQuestion([...left.question.old, ...right.question.old])];
    }),
  );
}

/** True if a warn policy gave way for it in one of the bundles. */
function isWarned({ old, new: fresh }: Answers): boolean {
  return old.decision.outcome === 'warn' || fresh.decision.outcome === 'warn';
}

/** True if what is found of a candidate differs: whether it may pass, and which policies it does not meet. */
function isTouched({ old, new: fresh }: Answers): boolean {
  return profileOf(old.decision) !== profileOf(fresh.decision);
}

function profileOf({ outcome, verdicts }: Decision): string {
  const reasons = verdicts.flatMap((verdict) => verdict.reasons);
  const found = reasons.map(({ policy, layer, state }) => `${layer} ${state} ${policy}`);
  return JSON.stringify([outcome, [...new Set(found)].sort()]);
}
