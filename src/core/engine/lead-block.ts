import type { Block } from '../model/decision';
import type { BlockSettings, ListEntry, TargetList } from '../model/policy';
import type { BlockCode } from '../model/reason';
import { EXACT, FOLDED, matchesPattern, type TargetIdentity } from '../policy/target-pattern';
import type { BoundPolicy, Bundle } from './bundle';
import { providerIdOf, providersLike } from './catalog-view';
import type { DecisionState } from './decision-state';
import { DEFAULT_STATUS, makeBlock } from './make-block';
import { layerOfStep, policyOfStep, rankOf, stepOf, type RankedReason } from './ranked-reason';

/** A candidate that is blocked, with the reasons that block it, earliest first. */
export interface BlockedCandidate {
  readonly provider: string;
  readonly blocking: readonly RankedReason[];
}

/** A name that the client asks for, as far as it says something. */
export type AskedName = Pick<TargetIdentity, 'provider' | 'model'>;

/**
 * Names the block (L8): the step at which the running set became empty is the latest of the candidates' first
 * reasons; what entered that layer is who was considered.
 */
export function leadBlock(state: DecisionState, candidates: readonly BlockedCandidate[]): Block {
  let lead = { rank: -1, code: 'internal_error' as BlockCode, requirement: '' };
  for (const { blocking } of candidates) {
    const [first] = blocking;
    if (first === undefined) continue;
    const { rank, reason } = first;
    if (rank > lead.rank) lead = { rank, code: codeOfLead(first), requirement: reason.requirement };
  }
  const { rank, ...rest } = lead;
  const step = stepOf(rank);
  const layer = layerOfStep(step);
  const considered = candidates.filter(
    ({ blocking: [first] }) => first !== undefined && layerOfStep(stepOf(first.rank)) === layer,
  );
  return blockAt(state, { ...rest, step, providers: providersOf(considered) });
}

/**
 * Where the named provider or model leaves no candidate, lists judge the names themselves, so that the block
 * names the list and not what it hides. Undefined if some name is on no list's wrong side.
 */
export function blockByName(state: DecisionState, names: readonly AskedName[]): Block | undefined {
  const { enforce, warn } = state.plan.groups;
  const steps = names.map((name) => firstListStep(state.bundle, [...enforce, ...warn], name));
  if (steps.length === 0 || steps.includes(undefined)) return undefined;
  const step = Math.max(...steps.map((each) => each ?? -1));
  const code =
    layerOfStep(step) === 'provider_lists' ? 'provider_not_allowed' : 'model_not_allowed';
  const providers = [...new Set(names.flatMap(({ provider }) => provider ?? []))];
  return blockAt(state, { step, code, providers, requirement: '' });
}

/** Where the set became empty. */
interface Lead {
  readonly step: number;
  readonly code: BlockCode;
  readonly providers: readonly string[];
  /** The kind of the requirement, list or filter. */
  readonly requirement: string;
}

function blockAt(state: DecisionState, { step, ...lead }: Lead): Block {
  const layer = layerOfStep(step);
  const byPolicy =
    layer === 'provider_lists' || layer === 'model_lists' || layer === 'requirements';
  const policy = byPolicy ? state.bundle.policies[policyOfStep(step)]?.policy : undefined;
  return makeBlock(state, {
    ...lead,
    layer,
    policy: policy?.id ?? '',
    settings: policy?.block ?? commonSettings(state),
  });
}

/** Where no policy leads, the words are those of the policies that enforce, if all of them speak in the same. */
export function commonSettings({ plan }: DecisionState): BlockSettings {
  const [first, ...others] = plan.groups.enforce.map(({ policy }) => policy.block.wording);
  const isCommon = first !== undefined && others.every((each) => each === first);
  return { status: DEFAULT_STATUS, ...(isCommon ? { wording: first } : {}) };
}

function codeOfLead({ reason: { layer, code } }: RankedReason): BlockCode {
  switch (layer) {
    case 'identity':
    case 'catalog':
      return code;
    case 'request_filters':
      return 'request_filters_leave_none';
    case 'provider_lists':
      return 'provider_not_allowed';
    case 'model_lists':
      return 'model_not_allowed';
    case 'requirements':
      return 'no_compliant_provider';
  }
}

function providersOf(candidates: readonly BlockedCandidate[]): readonly string[] {
  return [...new Set(candidates.map(({ provider }) => provider).filter((name) => name !== ''))];
}

function firstListStep(
  bundle: Bundle,
  policies: readonly BoundPolicy[],
  name: AskedName,
): number | undefined {
  const steps = policies.flatMap(({ policy, order }) =>
    policy.lists
      .filter((list) => listBlocksName(bundle, list, name))
      .map(({ subject }) =>
        stepOf(rankOf(subject === 'provider' ? 'provider_lists' : 'model_lists', order, 0)),
      ),
  );
  return steps.length === 0 ? undefined : Math.min(...steps);
}

/** A part that the name does not say is on nobody's wrong side. */
function listBlocksName(bundle: Bundle, list: TargetList, name: AskedName): boolean {
  if (list.effect === 'deny') {
    return list.entries.some(({ pattern }) =>
      matchesPattern(pattern, name, FOLDED, (text) => providersLike(bundle, text)),
    );
  }
  return !list.entries.some((entry) =>
    matchesPattern(saidParts(entry, name), name, EXACT, (text) => [providerIdOf(bundle, text)]),
  );
}

function saidParts({ pattern }: ListEntry, name: AskedName): ListEntry['pattern'] {
  return {
    ...(name.provider === undefined || pattern.provider === undefined
      ? {}
      : { provider: pattern.provider }),
    ...(name.model === undefined || pattern.model === undefined ? {} : { model: pattern.model }),
  };
}
