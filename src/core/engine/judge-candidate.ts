import type { Candidate, DecisionRequest } from '../model/request';
import type { ShadowFinding } from '../model/decision';
import type { Judgement } from './judge-subject';
import { judgeWith, type Plan } from './plan';
import { makeReason, rankOf, uniteReasons, type RankedReason } from './ranked-reason';
import { judgeFilters, type RequestFilter } from './request-filters';
import { resolveCandidate } from './resolve-candidate';
import { factsOf, type SubjectFacts } from './subject-facts';
import type { Subject } from './subject';

/** A candidate with all that was found about it. */
export interface JudgedCandidate {
  readonly ref: string;
  /** The target's id where the candidate stands for one target, else the id that it names, or empty. */
  readonly target: string;
  readonly provider: string;
  readonly sendModel: string;
  readonly subjects: readonly Subject[];
  /** What blocks whatever the request asks for, in order. */
  readonly hard: readonly RankedReason[];
  /** By warn policy of the plan. */
  readonly soft: readonly (readonly RankedReason[])[];
  /** What the request's own filters say. */
  readonly filters: readonly RankedReason[];
  readonly shadow: Judgement['shadow'];
}

/** Judges one candidate on all that it can stand for: it must pass on each (L12). */
export function judgeCandidate(
  plan: Plan,
  request: DecisionRequest,
  filters: readonly RequestFilter[],
  candidate: Candidate,
): JudgedCandidate {
  const subjects = resolveCandidate(plan.context.view, candidate, request.caller);
  const [subject] = subjects;
  if (subject === undefined) throw new Error('a candidate always stands for something');
  const sendModel = subject.identity.model ?? '';
  const mismatch = mismatchOf(request, sendModel);
  const filtered = filters.length === 0 ? [] : filterAll(plan, filters, subjects);
  const judged =
    subjects.length === 1
      ? judgeWith(plan, subject)
      : uniteJudgements(subjects.map((each) => judgeWith(plan, each)));
  return {
    ref: candidate.ref,
    target: candidate.target ?? idOf(subjects),
    provider: subject.identity.provider ?? candidate.provider ?? '',
    sendModel,
    subjects,
    hard: mismatch === undefined ? judged.hard : [mismatch, ...judged.hard],
    soft: judged.soft,
    filters: filtered,
    shadow: judged.shadow,
  };
}

/** The id of the one target that all subjects are; empty if they are several, or none of the catalog's. */
function idOf(subjects: readonly Subject[]): string {
  const [first, ...others] = subjects.map(({ identity }) => identity.id);
  return first !== undefined && others.every((id) => id === first) ? first : '';
}

/** What shadow policies would have said, for records. */
export function shadowFindings(
  plan: Plan,
  judged: readonly JudgedCandidate[],
): readonly ShadowFinding[] {
  return plan.groups.shadow.flatMap(({ policy }, index) =>
    judged.flatMap(({ ref, shadow }): readonly ShadowFinding[] => {
      const [first, ...rest] = (shadow[index] ?? []).map(({ reason }) => reason);
      return first === undefined ? [] : [{ policy: policy.id, ref, reasons: [first, ...rest] }];
    }),
  );
}

function filterAll(
  plan: Plan,
  filters: readonly RequestFilter[],
  subjects: readonly Subject[],
): readonly RankedReason[] {
  return uniteReasons(
    subjects.flatMap((subject) => {
      let facts: SubjectFacts | undefined;
      return judgeFilters(filters, subject, () => (facts ??= factsOf(plan.context, subject)));
    }),
  );
}

function uniteJudgements(all: readonly Judgement[]): Judgement {
  const uniteAt = (pick: (judgement: Judgement) => Judgement['soft']): Judgement['soft'] =>
    (all[0] === undefined ? [] : pick(all[0])).map((_, index) =>
      uniteReasons(all.flatMap((judgement) => pick(judgement)[index] ?? [])),
    );
  return {
    hard: uniteReasons(all.flatMap(({ hard }) => hard)),
    soft: uniteAt(({ soft }) => soft),
    shadow: uniteAt(({ shadow }) => shadow),
  };
}

/** A caller that does not rewrite the model sends on what the client wrote, so it must be the target's (L6). */
function mismatchOf(
  { caller, context }: DecisionRequest,
  sendModel: string,
): RankedReason | undefined {
  if (caller.rewritesModel || context.model === sendModel) return undefined;
  const reason = makeReason({
    code: 'model_mismatch',
    state: 'refused',
    expected: `model ${sendModel}`,
    observed: 'another model in the request',
    message:
      'the caller does not rewrite the model, and the request names another one than the target',
  });
  return { reason, rank: rankOf('identity', 0, 0) };
}
