import type { ListEntry, Policy, TargetList } from '../model/policy';
import {
  EXACT,
  FOLDED,
  matchesPattern,
  type ProviderNames,
  type TargetIdentity,
} from '../policy/target-pattern';
import type { ReasonCode } from '../model/reason';
import type { BoundPolicy } from './bundle';
import { listedProviderId, providersLike, type CatalogView } from './catalog-view';
import { sightOf } from './judge-requirements';
import { makeReason, rankOf, type RankedReason } from './ranked-reason';
import type { Subject } from './subject';
import type { SubjectFacts } from './subject-facts';

/** What a policy means by a provider's name, in allow lists and in deny lists. */
interface PolicyNames {
  readonly exact: ProviderNames;
  readonly folded: ProviderNames;
}

/** Judges a target by all lists of a policy: every allow list must name it, and no deny list may. */
export function judgeLists(
  bound: BoundPolicy,
  { identity }: Subject,
  facts: Pick<SubjectFacts, 'nested' | 'namedRegions' | 'place'>,
  view: CatalogView,
): readonly RankedReason[] {
  const { policy, order } = bound;
  const names: PolicyNames = {
    exact: (name) => [listedProviderId(view, name, { sight: sightOf(bound), bound })],
    folded: (name) => providersLike(view.bundle, name),
  };
  const named: TargetIdentity = { ...identity, regions: facts.namedRegions };
  const possible: TargetIdentity = { ...identity, ...idOf(identity), ...facts.place };
  return policy.lists.flatMap((list, index) => {
    const target = list.effect === 'allow' ? named : possible;
    const entry = blockingEntry(list, target, facts.nested, names);
    if (entry === undefined) return [];
    const code = codeOf(list);
    const place = list.effect === 'allow' ? index : ALLOW_FIRST + index;
    const reason = reasonOf({ policy, list, code, target, ...(entry === 'none' ? {} : { entry }) });
    return [{ reason, rank: rankOf(reason.layer, order, place) }];
  });
}

/** A model that only its provider makes known has the id that a target of its own would have. */
function idOf({ id, provider, model }: TargetIdentity): Pick<TargetIdentity, 'id'> {
  if (id !== undefined) return { id };
  return provider === undefined || model === undefined ? {} : { id: `${provider}/${model}` };
}

/** More lists than a policy has, so that its allow lists come before its deny lists (L5). */
const ALLOW_FIRST = 1024;

/** The entry that denies, `none` where no entry allows, undefined where the list lets the target through. */
function blockingEntry(
  list: TargetList,
  target: TargetIdentity,
  nested: boolean,
  names: PolicyNames,
): ListEntry | 'none' | undefined {
  if (list.effect === 'allow') {
    const allowed = list.entries.some(({ pattern }) =>
      matchesPattern(pattern, target, EXACT, names.exact),
    );
    return allowed ? undefined : 'none';
  }
  // A nested gateway may route to whatever an entry denies, so every entry denies it (L13).
  if (nested) return list.entries[0];
  return list.entries.find(({ pattern }) => matchesPattern(pattern, target, FOLDED, names.folded));
}

function codeOf({ subject, effect }: TargetList): ReasonCode {
  if (subject === 'provider')
    return effect === 'allow' ? 'provider_not_allowed' : 'provider_denied';
  return effect === 'allow' ? 'model_not_allowed' : 'model_denied';
}

function reasonOf(parts: {
  readonly policy: Policy;
  readonly list: TargetList;
  readonly code: ReasonCode;
  readonly target: TargetIdentity;
  readonly entry?: ListEntry;
}): RankedReason['reason'] {
  const { policy, list, code, target, entry } = parts;
  const part = list.subject === 'provider' ? target.provider : target.model;
  const named =
    part === undefined ? `target \`${target.id ?? ''}\`` : `${list.subject} \`${part}\``;
  return makeReason({
    code,
    policy: policy.id,
    requirement: `${list.subject}s.${list.effect}`,
    state: list.effect === 'allow' ? 'not_listed' : 'denied',
    expected: list.effect === 'allow' ? 'an entry of the allow list' : 'no entry of the deny list',
    observed: entry === undefined ? `${named} is not listed` : `entry \`${entry.text}\``,
    message:
      entry === undefined
        ? `${named} is not on the allow list of policy \`${policy.id}\``
        : `${named} is on the deny list of policy \`${policy.id}\``,
    position: entry?.position ?? list.position,
  });
}
