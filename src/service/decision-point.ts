import { decide } from '../core/engine/decide';
import { explain } from '../core/engine/explain';
import type { CandidateExplanation } from '../core/engine/explanation';
import { refuse } from '../core/engine/refuse';
import type { Decision } from '../core/model/decision';
import type { Answer, Ask, BundleRef } from '../ports/answer';
import type { Clock } from '../ports/clock';
import type { DecisionAudit } from '../ports/decision-audit';
import type { DecisionLog } from '../ports/decision-log';
import type { IdSource } from '../ports/id-source';
import type { CallMethod } from '../ports/telemetry';
import { answerKept } from './answer-kept';
import type { ActiveBundle, BundleStore } from './bundle-store';
import {
  hasFailed,
  INTERNAL_ERROR,
  NOTHING_LOADED,
  refuseOlder,
  SHUTTING_DOWN,
  STALE,
} from './refusals';
import type { Refusal } from './refusals';
import type { Soon } from './soon';

/** Answers asks over the active bundle. Nothing here throws: what fails becomes a block. */
export interface DecisionPoint {
  /**
   * Decides, keeps the evidence, and hands the answer to the decision log. Under pressure the answer is that block. An
   * answer whose evidence must be on disk first comes later, and is one that holds then; where the evidence cannot be
   * kept, or twice something else holds by then, it is a block (`audit_unavailable`).
   */
  decide(ask: Ask, via: CallMethod, pressure?: Refusal): Soon<Answer>;
  /** Decides without a record: for what is not acted on, such as further pages and explanations. */
  judge(ask: Ask, pressure?: Refusal): Answer;
  /** Decides without a record, and shows every rule on every candidate; no candidates where it is refused. */
  explain(ask: Ask): ExplainedAnswer;
  /** From now on every answer is a block (`shutting_down`). */
  refuseFurther(): void;
}

/** An answer, and what is behind it. */
export interface ExplainedAnswer {
  readonly answer: Answer;
  readonly candidates: readonly CandidateExplanation[];
}

/** What a decision point needs. */
export interface DecisionPointParts {
  readonly store: BundleStore;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: DecisionLog;
  /** Absent: no evidence is kept but what the log says. */
  readonly audit?: DecisionAudit;
  /** Told of exceptions, which are defects. */
  readonly onDefect: (error: unknown) => void;
}

/** Creates a decision point. */
export function createDecisionPoint(parts: DecisionPointParts): DecisionPoint {
  let refusing = false;
  const judgeAt = (ask: Ask, nowMs: number, pressure?: Refusal): Answer =>
    answer(parts, { ask, pressure: refusing ? SHUTTING_DOWN : pressure, nowMs });
  const judge = (ask: Ask, pressure?: Refusal): Answer =>
    judgeAt(ask, parts.clock.nowMs(), pressure);
  const answering = { ...parts, judgeAt, isRefusing: () => refusing };
  return {
    judge,
    decide: (ask, via, pressure) => answerKept(answering, { ask, via, pressure }),
    explain: (ask) => {
      const nowMs = parts.clock.nowMs();
      const made = judgeAt(ask, nowMs);
      return { answer: made, candidates: refusing ? [] : candidatesOf(parts, ask, made, nowMs) };
    },
    refuseFurther: () => {
      refusing = true;
    },
  };
}

/** What is asked, and when. */
interface AskedAt {
  readonly ask: Ask;
  /** Why there is no decision at all. */
  readonly pressure: Refusal | undefined;
  readonly nowMs: number;
}

function answer(parts: DecisionPointParts, { ask, pressure, nowMs }: AskedAt): Answer {
  // Read once: a bundle that is activated meanwhile must not answer half of a request.
  const active = parts.store.active();
  const bundle = parts.store.reference(nowMs);
  const decision = decideSafely(parts, { ask, active, bundle, pressure, nowMs });
  return {
    requestId: ask.requestId,
    decisionId: parts.ids.next(nowMs),
    detail: ask.detail,
    decision,
    ...(bundle === undefined ? {} : { bundle }),
    ...(active === undefined ? {} : { set: active.bundle.set }),
  };
}

/** What the service itself refuses has nothing to explain. */
function candidatesOf(
  parts: DecisionPointParts,
  ask: Ask,
  { bundle }: Answer,
  nowMs: number,
): readonly CandidateExplanation[] {
  const active = parts.store.active();
  if (active === undefined || refusalOf({ ask, bundle, pressure: undefined }) !== undefined)
    return [];
  return explain(active.bundle, ask.request, nowMs).candidates;
}

interface Situation extends AskedAt {
  readonly active: ActiveBundle | undefined;
  readonly bundle: BundleRef | undefined;
}

function decideSafely(parts: DecisionPointParts, situation: Situation): Decision {
  const { ask, active, nowMs } = situation;
  try {
    const refusal = refusalOf(situation);
    if (refusal !== undefined) return refuse(ask.request, refusal);
    if (active === undefined) return refuse(ask.request, NOTHING_LOADED);
    const decision = decide(active.bundle, ask.request, nowMs);
    if (hasFailed(decision)) parts.onDefect(new Error('a decision failed, so it is a block'));
    return decision;
  } catch (error) {
    // A defect must end in a block: an exception that escaped could become an answer elsewhere.
    parts.onDefect(error);
    return refuse(ask.request, INTERNAL_ERROR);
  }
}

function refusalOf({
  ask,
  bundle,
  pressure,
}: Pick<Situation, 'ask' | 'bundle' | 'pressure'>): Refusal | undefined {
  if (pressure !== undefined) return pressure;
  if (bundle === undefined) return NOTHING_LOADED;
  if (bundle.stale) return STALE;
  return refuseOlder(bundle, ask.minBundle);
}
