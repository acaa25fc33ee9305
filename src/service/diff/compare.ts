import type { CatalogView } from '../../core/engine/catalog-view';
import { decide } from '../../core/engine/decide';
import type { Decision, Verdict } from '../../core/model/decision';
import type { Candidate, DecisionRequest, RequestContext } from '../../core/model/request';
import type { Reason } from '../../core/model/reason';
import { placeOf } from '../preview-position';
import type { DiffChange, DiffReason, DiffTarget } from './diff-document';
import { declaredAt, identityKey } from './identity-key';
import type { Question } from './questions';

/** Where questions are asked: one class of requests, over both bundles. */
export interface Scene {
  readonly old: CatalogView;
  readonly new: CatalogView;
  readonly context: RequestContext;
  /** True if the same warn policies apply in both, as wide as each other. */
  readonly sameWarn: boolean;
  readonly nowMs: number;
  /** Pairs of candidates that are looked at; with more, nothing is said at all. */
  readonly maxPairs: number;
}

/** One bundle's answer to a question. */
export interface SideAnswer {
  readonly view: CatalogView;
  readonly candidates: readonly Candidate[];
  readonly decision: Decision;
}

/** Both answers. */
export interface Answers {
  readonly old: SideAnswer;
  readonly new: SideAnswer;
}

/** Asks both bundles. A name is never read as a pin: the candidates are chosen, and a pin only narrows (L7). */
export function askBoth(scene: Scene, question: Question): Answers {
  const context: RequestContext = {
    ...scene.context,
    ...(question.model === undefined ? {} : { model: question.model }),
    modelIdStyle: 'author',
  };
  const sideOf = (view: CatalogView, candidates: readonly Candidate[]): SideAnswer => ({
    view,
    candidates,
    decision: decide(view.bundle, requestOf(context, candidates), scene.nowMs),
  });
  return { old: sideOf(scene.old, question.old), new: sideOf(scene.new, question.new) };
}

function requestOf(context: RequestContext, candidates: readonly Candidate[]): DecisionRequest {
  return {
    context,
    candidates,
    caller: { rewritesModel: true, ownsClaims: false },
    problems: [],
  };
}

/** What differs between the answers; undefined: the same may be sent, with the same outcome and block. */
export function changeOf(question: Question, answers: Answers): DiffChange | undefined {
  const gains = lacking(answers.new, answers.old);
  const loses = lacking(answers.old, answers.new);
  const [from, to] = [answers.old.decision, answers.new.decision];
  const sameCode = from.block?.code === to.block?.code;
  if (gains.length + loses.length === 0 && from.outcome === to.outcome && sameCode)
    return undefined;
  return {
    request: question.shown,
    from: from.outcome,
    to: to.outcome,
    ...(from.block === undefined ? {} : { fromCode: from.block.code }),
    ...(to.block === undefined ? {} : { toCode: to.block.code }),
    gains,
    loses,
  };
}

/** What one side may be sent and the other may not, with what the other says of it. */
function lacking(has: SideAnswer, lacks: SideAnswer): readonly DiffTarget[] {
  const keysOfOther = new Set(eligibleOf(lacks).map(({ candidate }) => keyOf(lacks, candidate)));
  return eligibleOf(has)
    .filter(({ candidate }) => !keysOfOther.has(keyOf(has, candidate)))
    .map(({ candidate, verdict }) => {
      const position = declaredAt(has.view, candidate);
      return {
        target: candidate.ref,
        provider: verdict.provider,
        ...whyLacking(lacks, candidate),
        ...(position === undefined ? {} : { position: placeOf(position) }),
      };
    });
}

function keyOf({ view }: SideAnswer, candidate: Candidate): string {
  return identityKey(view, candidate);
}

function eligibleOf({
  candidates,
  decision,
}: SideAnswer): readonly { readonly candidate: Candidate; readonly verdict: Verdict }[] {
  return decision.verdicts.flatMap((verdict, index) => {
    const candidate = candidates[index];
    return verdict.eligible && candidate !== undefined ? [{ candidate, verdict }] : [];
  });
}

function whyLacking(
  { candidates, decision }: SideAnswer,
  { ref }: Candidate,
): Pick<DiffTarget, 'why' | 'reasons'> {
  const verdict = decision.verdicts[candidates.findIndex((each) => each.ref === ref)];
  if (verdict === undefined) return { why: 'not_offered', reasons: [] };
  if (verdict.eligible) return { why: 'redeclared', reasons: [] };
  return { why: 'judged', reasons: verdict.reasons.map(toDiffReason) };
}

function toDiffReason(reason: Reason): DiffReason {
  const { code, state, policy, requirement, claim, expected, observed } = reason;
  const { position, claimPosition } = reason;
  return {
    ...{ code, state, policy, requirement, claim, expected, observed },
    ...(position === undefined ? {} : { position: placeOf(position) }),
    ...(claimPosition === undefined ? {} : { claimPosition: placeOf(claimPosition) }),
  };
}
