import type { CandidateExplanation, ExplanationRow } from '../../core/engine/explanation';
import type {
  CandidateExplanation as WireExplanation,
  ExplainResponse,
  RequirementRow,
} from '../../gen/ambit/v1/policy_service';
import type { ExplainedAnswer } from '../../service/decision-point';
import { answerToWire } from './answer-to-wire';
import { positionToWire, presentText } from './reason-to-wire';
import { WIRE_POLICY_MODES, WIRE_REASON_STATES } from './wire-enums';

/** A decision with every rule on every candidate. */
export function explanationToWire({ answer, candidates }: ExplainedAnswer): ExplainResponse {
  const eligible = new Set(answer.decision.eligible.map(({ ref }) => ref));
  return {
    decision: answerToWire(answer),
    candidates: candidates.map((candidate) => candidateToWire(candidate, eligible)),
  };
}

function candidateToWire(
  { ref, target, rows }: CandidateExplanation,
  eligible: ReadonlySet<string>,
): WireExplanation {
  return {
    ref,
    target: presentText(target),
    eligible: eligible.has(ref),
    rows: rows.map(rowToWire),
  };
}

function rowToWire(row: ExplanationRow): RequirementRow {
  return {
    policy: presentText(row.policy),
    requirement: row.requirement,
    mode: WIRE_POLICY_MODES[row.mode],
    state: WIRE_REASON_STATES[row.state],
    expected: presentText(row.expected),
    observed: presentText(row.observed),
    message: messageOf(row),
    help: presentText(row.help),
    source: positionToWire(row.position),
    claimSource: positionToWire(row.claimPosition),
    claim: presentText(row.claim),
  };
}

function messageOf({ requirement, state, expected, observed }: ExplanationRow): string {
  if (state === 'satisfied') return `${requirement} is met`;
  const needs = expected === '' ? '' : `: needs ${expected}`;
  const finds = observed === '' ? '' : `, finds ${observed}`;
  return `${requirement} is not met${needs}${finds}`;
}
