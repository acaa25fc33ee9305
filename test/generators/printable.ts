import type { Claim } from '../../src/core/model/claim';
import type { Policy, TargetList } from '../../src/core/model/policy';
import type { PolicyDocument, PolicySet } from '../../src/core/model/policy-set';
import type { RequirementRule } from '../../src/core/model/requirement';
import { without } from '../support/without';

/** Regions that native policies may name; claims may say `global` too. */
const isRegion = (region: string): boolean => /^[A-Z]{2}$|^eu$|^eea$/u.test(region);

function printableClaim(claim: Claim): readonly Claim[] {
  const { value, checkedAtMs, expiresAtMs, ...rest } = claim;
  const dated = {
    ...rest,
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    ...(checkedAtMs === undefined || (expiresAtMs ?? Infinity) <= checkedAtMs
      ? {}
      : { checkedAtMs }),
  };
  if (claim.features?.length === 0) {
    return [];
  }
  if (typeof value !== 'object') {
    return [{ ...dated, value }];
  }
  const regions = value.filter((region) => isRegion(region) || region === 'global');
  return regions.length === 0 ? [] : [{ ...dated, value: regions }];
}

function printableRule(rule: RequirementRule): readonly RequirementRule[] {
  if (rule.kind === 'processing_regions' || rule.kind === 'storage_regions') {
    const regions = rule.regions.filter(isRegion);
    return regions.length === 0 ? [] : [{ ...rule, regions }];
  }
  if (rule.kind === 'headquarters') {
    const kept = (['allow', 'deny'] as const).flatMap((side) => {
      const regions = (rule[side] ?? []).filter(isRegion);
      return regions.length === 0 ? [] : [[side, regions] as const];
    });
    return kept.length === 0 ? [] : [{ kind: rule.kind, ...Object.fromEntries(kept) }];
  }
  if (rule.kind === 'certifications') {
    return [{ ...rule, anyOf: rule.anyOf.filter((name) => !rule.allOf.includes(name)) }];
  }
  return rule.kind === 'expression' || rule.kind === 'minimum_assurance' ? [] : [rule];
}

function printableList(list: TargetList): TargetList {
  const texts = list.entries.map(({ text }) => text.toLowerCase());
  const entries = list.entries.filter((_, i) => texts.indexOf(texts[i] ?? '') === i);
  // A deny entry that matches nothing is an error, unless it is meant for the future.
  return { ...list, entries: entries.map((one) => ({ ...one, future: list.effect === 'deny' })) };
}

function printablePolicy(policy: Policy): Policy {
  const rules = policy.requirements.flatMap(({ rule, position }) =>
    printableRule(rule).map((one) => ({ rule: one, position })),
  );
  const assured = policy.requirements.flatMap(({ rule, position }) =>
    rule.kind === 'minimum_assurance' && rules.length > 0
      ? [{ rule: { ...rule, of: rules.map((one) => one.rule) }, position }]
      : [],
  );
  // A policy that states nothing is for nobody's models in particular.
  const kept = rules.length === 0 ? without(policy, 'authors') : policy;
  return {
    ...kept,
    lists: policy.lists.map(printableList),
    requirements: [...rules, ...assured],
  };
}

function printableDocument(document: PolicyDocument): PolicyDocument {
  const all = <T extends { readonly claims: readonly Claim[] }>(list: readonly T[]): readonly T[] =>
    list.map((one) => ({ ...one, claims: one.claims.flatMap(printableClaim) }));
  return {
    ...document,
    providers: all(document.providers),
    endpoints: all(document.endpoints),
    credentials: all(document.credentials),
    targets: all(document.targets),
    policies: document.policies.map(printablePolicy),
  };
}

function statesSomething(document: PolicyDocument): boolean {
  const { providers, endpoints, credentials, targets, policies } = document;
  return [providers, endpoints, credentials, targets, policies].some((all) => all.length > 0);
}

/** The set without what native files cannot say: regions that are none, programs of tests. */
export function printable(set: PolicySet): PolicySet {
  return {
    ...set,
    documents: set.documents
      .map((bound) => ({ ...bound, document: printableDocument(bound.document) }))
      .filter(({ document }) => statesSomething(document)),
  };
}
