import type { Policy, TargetList } from '../../../src/core/model/policy';
import type { PolicySet } from '../../../src/core/model/policy-set';
import type { Reason } from '../../../src/core/model/reason';
import type { RequirementRule } from '../../../src/core/model/requirement';
import type { DecisionRequest } from '../../../src/core/model/request';
import { explicitRequest } from '../../generators/requests';
import type { Case } from '../../generators/requests';
import { policySet } from '../../generators/sets';
import type { Source } from '../../generators/source';
import { answer, withContext } from './decisions';
import { mapPolicies } from './edits';
import type { Make } from './runs';
import { without } from '../../support/without';

/** What keeps one target out is taken away this many times; the last answer may still be a block. */
const MOST_STEPS = 3;

/**
 * A case in which mostly something is eligible, so that laws about what may not be added or lost have something
 * to say: of a generated case, what keeps one candidate out is taken away, and all else stays.
 */
export function openCase(
  source: Source,
  narrow: (set: PolicySet) => PolicySet = (set) => set,
): Case {
  const set = narrow(policySet(source));
  let one: Case = { set, request: explicitRequest(source, set) };
  const seed = source.below(1_000);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { block, verdicts } = answer(one);
    if (block === undefined) {
      return one;
    }
    const chosen = verdicts[seed % Math.max(verdicts.length, 1)];
    one = chosen === undefined ? one : opened(one, chosen.reasons, source);
  }
  return one;
}

/** Such cases. */
export const OPEN_CASES: Make<Case> = (source) => openCase(source);

function opened({ set, request }: Case, reasons: readonly Reason[], source: Source): Case {
  const identity = reasons.filter(({ layer }) => layer === 'identity').map(({ code }) => code);
  const settings =
    identity.includes('no_policy_applies') || source.below(4) === 0
      ? { ...set.settings, whenNoPolicyApplies: 'allow' as const }
      : set.settings;
  return {
    set: { ...mapPolicies(set, (one) => [withoutOffence(one, reasons)]), settings },
    request: withoutFilters(
      { ...request, caller: { ...request.caller, rewritesModel: true } },
      reasons,
      identity,
    ),
  };
}

function withoutOffence(policy: Policy, reasons: readonly Reason[]): Policy {
  const mine = reasons.filter((reason) => reason.policy === policy.id);
  const offends = (list: TargetList): boolean =>
    mine.some(({ requirement }) => requirement === `${list.subject}s.${list.effect}`);
  const kinds = new Set(mine.map(({ requirement }) => requirement));
  return {
    ...policy,
    lists: policy.lists.filter((list) => !offends(list)),
    requirements: policy.requirements.flatMap(({ rule, position }) =>
      withoutKinds(rule, kinds).map((left) => ({ rule: left, position })),
    ),
  };
}

/** The assurance that a policy demands is about its own other requirements, so it goes with the last of them. */
function withoutKinds(
  rule: RequirementRule,
  kinds: ReadonlySet<string>,
): readonly RequirementRule[] {
  if (kinds.has(rule.kind)) {
    return [];
  }
  if (rule.kind !== 'minimum_assurance') {
    return [rule];
  }
  const left = rule.of.filter(({ kind }) => !kinds.has(kind));
  return left.length === 0 ? [] : [{ ...rule, of: left }];
}

function withoutFilters(
  request: DecisionRequest,
  reasons: readonly Reason[],
  identity: readonly string[],
): DecisionRequest {
  const isFiltered = reasons.some(({ layer }) => layer === 'request_filters');
  const { tenant, ...rest } = request.context;
  const isStranger = identity.includes('unknown_tenant');
  const context = isStranger || tenant === undefined ? rest : { ...rest, tenant };
  const changes = {
    ...(isFiltered ? { preferences: {}, models: [] } : {}),
    ...(identity.includes('unknown_scope') ? { scope: new Map<string, string>() } : {}),
  };
  const unnamed = without(context, 'model');
  return withContext({ ...request, context: isFiltered ? unnamed : context }, changes);
}
