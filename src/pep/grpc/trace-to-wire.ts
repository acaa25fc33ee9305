import type { AppliedPolicy, Verdict } from '../../core/model/decision';
import type { Policy, Scope } from '../../core/model/policy';
import type { PolicySet } from '../../core/model/policy-set';
import type {
  AppliedPolicy as WireAppliedPolicy,
  ScopeKey,
  Trace,
  TraceStep,
} from '../../gen/ambit/v1/trace';
import type { Answer } from '../../ports/answer';
import { positionToWire, presentText, reasonToWire } from './reason-to-wire';
import { WIRE_LAYERS, WIRE_POLICY_MODES } from './wire-enums';

/** How an answer came about. */
export function traceToWire({ decision, set }: Answer): Trace {
  return {
    policies: decision.policies.map((applied) => appliedToWire(applied, set)),
    steps: stepsOf(decision.verdicts, decision.policies),
    shadow: decision.shadow.map(({ policy, ref, reasons }) => ({
      policy,
      ref,
      reasons: reasons.map(reasonToWire),
    })),
  };
}

function appliedToWire(applied: AppliedPolicy, set: PolicySet | undefined): WireAppliedPolicy {
  const placed = findPolicy(set, applied.id);
  return {
    policy: applied.id,
    mode: WIRE_POLICY_MODES[applied.mode],
    scope: placed === undefined ? [] : scopeToWire(placed.policy.scope, placed.binding),
    counts: applied.counts,
    source: positionToWire(placed?.policy.position),
  };
}

function findPolicy(
  set: PolicySet | undefined,
  id: string,
): { readonly policy: Policy; readonly binding?: Scope } | undefined {
  for (const { document, binding } of set?.documents ?? []) {
    const policy = document.policies.find((each) => each.id === id);
    if (policy !== undefined) return binding === undefined ? { policy } : { policy, binding };
  }
  return undefined;
}

/** The keys of the policy and of its file's binding; both must match. */
function scopeToWire(scope: Scope, binding: Scope | undefined): readonly ScopeKey[] {
  return [...(binding ?? []), ...scope].map(([key, values]) => ({
    key,
    values: values === 'any' ? [] : values,
  }));
}

interface Step {
  readonly layer: Verdict['reasons'][number]['layer'];
  readonly policy: string;
  removed: number;
}

/** Each blocked candidate leaves at its first reason: its layer, and within it the policy that came first. */
function stepsOf(
  verdicts: readonly Verdict[],
  policies: readonly AppliedPolicy[],
): readonly TraceStep[] {
  const steps = new Map<string, Step>();
  for (const verdict of verdicts) {
    if (verdict.eligible) continue;
    const [first] = verdict.reasons;
    const key = JSON.stringify([first.layer, first.policy]);
    const step = steps.get(key);
    if (step === undefined)
      steps.set(key, { layer: first.layer, policy: first.policy, removed: 1 });
    else step.removed += 1;
  }
  const rankOf = ({ policy }: Step): number => policies.findIndex(({ id }) => id === policy);
  const ordered = [...steps.values()].sort(
    (left, right) =>
      WIRE_LAYERS[left.layer] - WIRE_LAYERS[right.layer] || rankOf(left) - rankOf(right),
  );
  let entered = verdicts.length;
  return ordered.map(({ layer, policy, removed }) => {
    const step = {
      layer: WIRE_LAYERS[layer],
      policy: presentText(policy),
      entered,
      left: entered - removed,
    };
    entered -= removed;
    return step;
  });
}
