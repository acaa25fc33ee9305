import type { BlockedVerdict, Decision, Verdict } from '../../core/model/decision';
import type { Finding } from '../../core/model/finding';
import type { ExpectedVerdict, PolicyCase, Stated } from '../../ports/policy-test';
import type { SuggestName } from '../unnamed-scope';
import { compareBlock, compareWarnings } from './compare-answer';
import { compareReasons, relatedPlaces, wordReason } from './compare-reasons';
import { testFinding } from './test-finding';

/**
 * Holds a decision against what a case expects: everything that differs, in the order of the case. What the case
 * does not name is a difference, too: each candidate must stand in `eligible` or in `blocked`.
 */
export function compareDecision(
  policyCase: PolicyCase,
  decision: Decision,
  suggest: SuggestName,
): readonly Finding[] {
  const { expected } = policyCase;
  const byRef = new Map(decision.verdicts.map((verdict) => [verdict.ref, verdict]));
  const verdicts: Verdicts = { byRef, suggest };
  return [
    ...compareOutcome(policyCase, decision),
    ...expected.eligible.flatMap((ref) => compareEligible(ref, verdicts)),
    ...compareOrder(policyCase, decision),
    ...expected.blocked.flatMap((each) => compareBlocked(each, verdicts)),
    ...(expected.unmet ?? []).flatMap((each) => compareUnmet(each, verdicts)),
    ...unlistedTargets(policyCase, decision),
    ...(expected.block === undefined ? [] : compareBlock(expected.block, decision.block)),
    ...(expected.warnings === undefined ? [] : compareWarnings(expected.warnings, decision)),
  ];
}

/** The verdicts by ref, and what helps where there is none. */
interface Verdicts {
  readonly byRef: ReadonlyMap<string, Verdict>;
  readonly suggest: SuggestName;
}

function compareOutcome({ expected }: PolicyCase, decision: Decision): readonly Finding[] {
  const { outcome: at } = expected;
  if (at.value === decision.outcome) return [];
  const { block } = decision;
  const why = block === undefined ? '' : ` with \`${block.code}\`: ${block.message}`;
  const message = `the outcome is expected to be ${at.value}, and is ${decision.outcome}${why}`;
  return [testFinding({ code: 'unexpected_outcome', at, message })];
}

function compareEligible(ref: Stated<string>, verdicts: Verdicts): readonly Finding[] {
  const verdict = verdicts.byRef.get(ref.value);
  if (verdict === undefined) return [noCandidate(ref, verdicts)];
  if (verdict.eligible) return [];
  const [first] = verdict.reasons;
  const message = `\`${ref.value}\` is expected eligible, and is blocked: ${wordReason(first)}`;
  const related = relatedPlaces(verdict.reasons);
  return [testFinding({ code: 'unexpected_block', at: ref, message, related })];
}

/** Only where the same targets are eligible: what is missing or too many is said by name. */
function compareOrder({ expected }: PolicyCase, decision: Decision): readonly Finding[] {
  const wanted = expected.eligible.map(({ value }) => value);
  const got = decision.eligible.map(({ ref }) => ref);
  const wrong = expected.eligible.find(({ value }, index) => value !== got[index]);
  const isSameSet = wanted.length === got.length && wanted.every((ref) => got.includes(ref));
  if (wrong === undefined || !isSameSet) return [];
  const message = `the order is expected to be ${list(wanted)}, and is ${list(got)}`;
  return [testFinding({ code: 'unexpected_order', at: wrong, message })];
}

function compareBlocked(expected: ExpectedVerdict, verdicts: Verdicts): readonly Finding[] {
  const { ref } = expected;
  const verdict = verdicts.byRef.get(ref.value);
  if (verdict === undefined) return [noCandidate(ref, verdicts)];
  if (verdict.eligible) {
    const message = `\`${ref.value}\` is expected blocked, and is eligible`;
    return [testFinding({ code: 'unexpected_eligible', at: ref, message })];
  }
  return compareReasons(expected, verdict.reasons);
}

function compareUnmet(expected: ExpectedVerdict, verdicts: Verdicts): readonly Finding[] {
  const { ref } = expected;
  const verdict = verdicts.byRef.get(ref.value);
  if (verdict === undefined) return [noCandidate(ref, verdicts)];
  // A target that is blocked is told of where the case expects it eligible, or as unlisted.
  return verdict.eligible ? compareReasons(expected, verdict.reasons) : [];
}

function unlistedTargets({ name, expected }: PolicyCase, decision: Decision): readonly Finding[] {
  const listed = new Set([
    ...expected.eligible.map(({ value }) => value),
    ...expected.blocked.map(({ ref }) => ref.value),
  ]);
  return decision.verdicts
    .filter(({ ref }) => !listed.has(ref))
    .map((verdict) => {
      const found = verdict.eligible ? 'eligible' : `blocked: ${wordReason(verdict.reasons[0])}`;
      return testFinding({
        code: 'unlisted_target',
        at: name,
        message: `the case says nothing of \`${verdict.ref}\`, which is ${found}`,
        help: helpFor(verdict),
        related: verdict.eligible ? [] : relatedPlaces(verdict.reasons),
      });
    });
}

/** What to write if the decision is right. An eligible target is never proposed: that is to be thought about. */
function helpFor(verdict: Verdict): string {
  return verdict.eligible
    ? 'name it in `eligible` or in `blocked`'
    : `if that is right, add \`${verdict.ref}: ${codeOf(verdict)}\` to \`blocked\``;
}

function codeOf({ reasons: [first] }: BlockedVerdict): string {
  return first.code;
}

function noCandidate(ref: Stated<string>, { byRef, suggest }: Verdicts): Finding {
  const names = [...byRef.keys()];
  const close = suggest(ref.value, names);
  const all = names.length === 0 ? 'the request has no candidate' : `there are ${list(names)}`;
  return testFinding({
    code: 'no_candidate',
    at: ref,
    message: `\`${ref.value}\` is no candidate of the request`,
    help: close === undefined ? all : `did you mean \`${close}\`?`,
  });
}

/** Names that a message shows; a catalog may have thousands. */
const MAX_NAMES_SHOWN = 12;

function list(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  const shown = names.slice(0, MAX_NAMES_SHOWN).map((name) => `\`${name}\``);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${String(more)} more` : shown.join(', ');
}
