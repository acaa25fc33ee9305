import type { Decision } from '../../src/core/model/decision';
import { LAYERS } from '../../src/core/model/reason';
import {
  TARGETS,
  withoutWish,
  type Choice,
  type EnumeratedRequest,
  type PolicyChoice,
  type State,
} from './domain';
import { eligibleBits, type References } from './references';

/** A combination with its answer, and the answers that it is held against. */
interface Checked {
  readonly choice: Choice;
  readonly asked: EnumeratedRequest;
  readonly decision: Decision;
  readonly references: References;
}

/** What is wrong by a law, in words; undefined: nothing. */
type Check = (checked: Checked) => string | undefined;

const holds = (bits: number, index: number): boolean => (bits & (1 << index)) !== 0;

const isWithin = (inner: number, outer: number): boolean => (inner & ~outer) === 0;

/** Whether a policy's requirement is looked at for the request; a missing team restricts (L3). */
function demands(policy: PolicyChoice | undefined, { team }: EnumeratedRequest): boolean {
  return policy?.demands === true && (!policy.scoped || team !== 'ops');
}

/** How the requirements of policies of a mode find a target. */
function statesOn(
  { choice: { claims, first, second }, asked }: Checked,
  index: number,
  mode: PolicyChoice['mode'],
): readonly State[] {
  const declared = claims[index];
  if (declared === undefined) return [];
  return [
    ...(first?.mode === mode && demands(first, asked) ? [declared.retention] : []),
    ...(second?.mode === mode && demands(second, asked)
      ? [declared.zeroRetention, declared.training]
      : []),
  ];
}

/** L1: only what is satisfied lets through; a warn policy gives way in the open, and for no error or conflict. */
const failsClosed: Check = (checked) => {
  const bits = eligibleBits(checked.decision);
  for (const [index, id] of TARGETS.entries()) {
    if (!holds(bits, index)) continue;
    const hard = statesOn(checked, index, 'enforce').filter((state) => state !== 'satisfied');
    if (hard.length > 0)
      return `L1: ${id} is eligible, and an enforcing policy finds ${hard.join()}`;
    const soft = statesOn(checked, index, 'warn').filter((state) => state !== 'satisfied');
    if (soft.includes('error') || soft.includes('conflicting'))
      return `L1: ${id} is eligible, and a warn policy finds ${soft.join()}`;
    if (soft.length > 0 && checked.decision.outcome !== 'warn')
      return `L1: ${id} is eligible without WARN, and a warn policy finds ${soft.join()}`;
  }
  return undefined;
};

/** The part of a policy that never gives way: of a warn policy its lists. */
function enforcing(policy: PolicyChoice | undefined): PolicyChoice | undefined {
  return policy?.mode === 'warn' ? { ...policy, demands: false } : policy;
}

/** The same files without what warn policies demand. */
function enforcingPart(choice: Choice): Choice {
  return { ...choice, first: enforcing(choice.first), second: enforcing(choice.second) };
}

/** L3: what warn policies demand, a further policy and a request's filter only ever take away. */
const onlyNarrows: Check = ({ choice, asked, decision, references }) => {
  const bits = eligibleBits(decision);
  const hard = enforcingPart(choice);
  const kept = references.eligible(hard, asked);
  if (!isWithin(bits, kept)) return 'L3: what a warn policy demands lets a target through';
  if (hard.first !== undefined && hard.first.mode !== 'shadow') {
    const alone = references.eligible({ ...hard, second: undefined }, asked);
    if (!isWithin(kept, alone)) return 'L3: a further policy lets a target through';
  }
  const unfiltered = references.eligible(choice, withoutWish(asked));
  return isWithin(bits, unfiltered) ? undefined : 'L3: a filter lets a target through';
};

/** L5: one verdict each in candidate order, eligible or blocked with reasons in the order of the layers. */
const givesOneVerdictEach: Check = ({ asked, decision }) => {
  const { verdicts, outcome, eligible, block } = decision;
  const refs = verdicts.map(({ ref }) => ref).join();
  const offered = asked.request.candidates?.map(({ ref }) => ref).join();
  if (offered !== undefined && refs !== offered) return `L5: verdicts for ${refs}`;
  const open = verdicts.filter((verdict) => verdict.eligible).map(({ ref }) => ref);
  const listed = eligible.map(({ ref }) => ref);
  if (open.sort().join() !== listed.sort().join()) return 'L5: eligible is not what verdicts say';
  for (const verdict of verdicts) {
    if (!verdict.eligible && verdict.reasons.length === 0)
      return `L5: ${verdict.ref} is blocked without a reason`;
    const layers = verdict.reasons.map(({ layer }) => LAYERS.indexOf(layer));
    if (layers.some((layer, i) => layer < (layers[i - 1] ?? 0)))
      return `L5: reasons of ${verdict.ref} are not in the order of the layers`;
  }
  const isBlock = listed.length === 0 && block !== undefined;
  return (outcome === 'block') === isBlock ? undefined : `L5: ${outcome} is not what verdicts say`;
};

/** L9: a shadow policy changes nothing but what is recorded of it. */
const shadowChangesNothing: Check = ({ choice, asked, decision, references }) => {
  const acting = (policy: PolicyChoice | undefined): PolicyChoice | undefined =>
    policy?.mode === 'shadow' ? undefined : policy;
  const bare = { ...choice, first: acting(choice.first), second: acting(choice.second) };
  if (bare.first === choice.first && bare.second === choice.second) return undefined;
  const visible = ({ outcome, eligible, verdicts, block }: Decision): string =>
    JSON.stringify({ outcome, eligible, verdicts, block });
  return visible(references.decision(bare, asked)) === visible(decision)
    ? undefined
    : 'L9: a shadow policy changes the answer';
};

const GIVE_WAY: readonly State[] = ['satisfied', 'contrary', 'unknown', 'expired'];

/** L9: what gave way is told, fewest unmet first, and warn alone never leaves nothing where it can give way. */
const warnGivesWay: Check = (checked) => {
  const { choice, asked, decision, references } = checked;
  const counts = decision.eligible.map(({ reasons }) => reasons.length);
  if (counts.some((count, i) => count < (counts[i - 1] ?? 0)))
    return 'L9: eligible does not stand in the order of fewest unmet first';
  if (decision.outcome === 'allow' && counts.some((count) => count > 0))
    return 'L9: something gave way without WARN';
  if (asked.wish !== 0 || decision.outcome !== 'block') return undefined;
  const kept = references.eligible(enforcingPart(choice), asked);
  const left = TARGETS.map((_, index) => index).filter((index) => holds(kept, index));
  // A target with an error may be the one that keeps a policy from giving way, and fall to the error after.
  const couldYield =
    left.length > 0 &&
    left.every((index) =>
      statesOn(checked, index, 'warn').every((state) => GIVE_WAY.includes(state)),
    );
  return couldYield ? 'L9: a warn policy leaves nothing where it could give way' : undefined;
};

/** Every law that is checked on the answer itself, without the other evaluator. */
export const DIRECT_CHECKS: readonly Check[] = [
  failsClosed,
  onlyNarrows,
  givesOneVerdictEach,
  shadowChangesNothing,
  warnGivesWay,
];
