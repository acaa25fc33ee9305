import type { PolicySet } from '../../src/core/model/policy-set';
import type { ReasonCode } from '../../src/core/model/reason';
import type { DecisionRequest } from '../../src/core/model/request';
import { filterReason, names } from './filters';
import { appliedPolicies, shadowReasons, warningsOf } from './records';
import { subjectsOf } from './identity';
import { identityBlock, leadingBlock, listBlock } from './leading';
import type { ListedName } from './lists';
import { askedNames } from './names';
import { findingsOf, inOrder } from './reasons';
import type { Findings } from './reasons';
import { applicablePolicies, existingFiles, scopeRefusal } from './scope';
import type { OracleBlock, OracleDecision, OracleReason, OracleVerdict, World } from './types';
import { settleWarnPolicies, unmetBy } from './warn';
import type { Settlement } from './warn';

/**
 * The naive evaluator: section 2 of the design over the parsed documents, with no compiling, caching or
 * indexing, so that a mistake in the serving evaluator is not made here as well.
 */
export function oracleDecide(
  set: PolicySet,
  request: DecisionRequest,
  nowMs: number,
): OracleDecision {
  const files = existingFiles(set, request);
  const policies = applicablePolicies(set, request);
  const world: World = { set, request, nowMs, files, policies };
  const code = wholeRefusal(world);
  if (code !== undefined) {
    return refuseWhole(world, identityBlock(code));
  }
  const subjects = subjectsOf(world);
  return subjects.length === 0
    ? refuseWhole(world, listBlock(world) ?? identityBlock('unknown_model'))
    : decideCandidates(
        subjects.map((subject) => findingsOf(subject, world)),
        world,
      );
}

/** Why the request is refused before any candidate is looked at. */
function wholeRefusal({ set, request, policies }: World): ReasonCode | undefined {
  if (request.problems.length > 0) {
    return 'invalid_request';
  }
  const outside = scopeRefusal(set, request);
  if (outside !== undefined) {
    return outside;
  }
  const isOpen = set.settings.whenNoPolicyApplies === 'allow';
  if (!isOpen && !policies.some(({ counts }) => counts)) {
    return 'no_policy_applies';
  }
  return request.candidates?.length === 0 ? 'no_candidates' : undefined;
}

function refuseWhole(world: World, block: OracleBlock): OracleDecision {
  const verdicts = (world.request.candidates ?? []).map(({ ref }) => ({
    ref,
    eligible: false,
    sendModel: '',
    provider: '',
    codes: [],
  }));
  return {
    outcome: 'block',
    eligible: [],
    verdicts,
    block,
    warnings: [],
    policies: appliedPolicies(world),
    shadow: [],
    refusedWhole: true,
  };
}

/** Place in the `order` preference; what it does not name comes after all that it names (L6). */
function orderRank({ subject }: Findings, world: World): number {
  const order = world.request.context.preferences.order ?? [];
  const at = order.findIndex((entry) => subject.units.every((unit) => names(entry, unit, world)));
  return at === -1 ? order.length : at;
}

const unmetCount = (one: Findings, { gaveWay }: Settlement): number =>
  new Set(
    gaveWay.flatMap((rank) =>
      unmetBy(rank, one).map((r) => `${String(r.policyRank)} ${String(r.kindRank)}`),
    ),
  ).size;

/** What is left after request filters, in the order to try: fewest unmet, then the caller's order. */
function passing(settlement: Settlement, world: World): readonly Findings[] {
  const sorted = settlement.left
    .filter(({ filtering }) => filtering.length === 0)
    .map((one, index) => ({
      one,
      keys: [unmetCount(one, settlement), orderRank(one, world), index],
    }))
    .sort((a, b) => a.keys.map((n, i) => n - (b.keys[i] ?? 0)).find((n) => n !== 0) ?? 0)
    .map(({ one }) => one);
  const { allowFallbacks, order = [] } = world.request.context.preferences;
  if (allowFallbacks !== false) {
    return sorted;
  }
  return order.length === 0
    ? sorted.slice(0, 1)
    : sorted.filter((one) => orderRank(one, world) < order.length);
}

const uncertain = (reasons: readonly OracleReason[]): readonly OracleReason[] =>
  reasons.map((reason) => ({ ...reason, certain: false }));

/** All reasons of a candidate that may not receive the request. */
function blockedCodes(one: Findings, settlement: Settlement): readonly OracleReason[] {
  const certain = [...one.blocking, ...one.filtering, ...(settlement.removed.get(one) ?? [])];
  const isLeft = settlement.left.includes(one);
  const gaveWay = settlement.gaveWay.flatMap((rank) => unmetBy(rank, one));
  const others = [...one.unmet.values()].flat();
  // A candidate that only the request filtered carries what the policies that gave way do not find met.
  const cut = certain.length === 0 ? [filterReason('request_no_fallback')] : [];
  return inOrder([...certain, ...cut, ...uncertain(isLeft ? gaveWay : others)]);
}

/** The names themselves, where no candidate has what they pin, or else what `only` asks for (L8). */
function namesLeft(all: readonly Findings[], world: World): readonly ListedName[] {
  const names = askedNames(world);
  const hasEntered = all.some(({ blocking }) =>
    blocking.every(({ layer }) => layer !== 'identity'),
  );
  const allFallTo = (wanted: ReasonCode): boolean =>
    hasEntered && all.every(({ filtering }) => filtering.some(({ code }) => code === wanted));
  if (names.some(({ pin }) => pin !== undefined)) {
    return allFallTo('request_pin') ? names : [];
  }
  const { only = [] } = world.request.context.preferences;
  return allFallTo('request_only') ? only.map((entry) => ({ pin: providerOf(entry, world) })) : [];
}

function providerOf(entry: string, world: World): string {
  const { providers, targets } = allDeclared(world);
  const isProvider = providers.some(({ id, aliases }) => [id, ...aliases].includes(entry));
  const target = targets.find(({ id }) => id === entry);
  return isProvider || target === undefined ? entry : target.provider;
}

function allDeclared({ set }: World) {
  const documents = set.documents.map(({ document }) => document);
  return {
    providers: documents.flatMap(({ providers }) => providers),
    targets: documents.flatMap(({ targets }) => targets),
  };
}

function decideCandidates(all: readonly Findings[], world: World): OracleDecision {
  const settlement = settleWarnPolicies(all, world);
  const left = passing(settlement, world);
  const verdicts = all.map((one): OracleVerdict => {
    const eligible = left.includes(one);
    const unmet = settlement.gaveWay.flatMap((rank) => unmetBy(rank, one));
    const codes = eligible ? inOrder(unmet) : blockedCodes(one, settlement);
    const [own] = one.subject.units;
    return {
      ref: one.subject.candidate.ref,
      eligible,
      sendModel: own?.model ?? '',
      provider: own?.provider ?? '',
      codes,
    };
  });
  const fallen = all.flatMap((one, index) => {
    const first = verdicts[index]?.codes.find(({ certain }) => certain);
    return first === undefined ? [] : [{ subject: one.subject, first }];
  });
  const named = listBlock(world, namesLeft(all, world));
  const block = left.length > 0 ? undefined : (named ?? leadingBlock(fallen));
  const outcome = left.length === 0 ? 'block' : settlement.gaveWay.length > 0 ? 'warn' : 'allow';
  return {
    outcome,
    eligible: left.map(({ subject }) => subject.candidate.ref),
    verdicts,
    ...(block === undefined ? {} : { block }),
    warnings: warningsOf(outcome === 'block' ? [] : settlement.gaveWay, world),
    policies: appliedPolicies(world),
    shadow: shadowReasons(
      all.map(({ subject }) => subject),
      world,
    ),
    refusedWhole: false,
  };
}
