import type { Claim, ClaimName, ClaimValue } from '../../../src/core/model/claim';
import type { TargetDeclaration } from '../../../src/core/model/catalog';
import type { Policy, Scope } from '../../../src/core/model/policy';
import type { BoundDocument, PolicyDocument, PolicySet } from '../../../src/core/model/policy-set';
import { DEFAULT_SETTINGS } from '../../../src/core/model/policy-set';
import type { Candidate, DecisionRequest, RequestContext } from '../../../src/core/model/request';
import type { RequirementRule } from '../../../src/core/model/requirement';
import { somewhere } from '../../generators/alphabet';

/** A claim as a file states it, with nothing that limits it. */
export function claim(name: ClaimName, value: ClaimValue, more: Partial<Claim> = {}): Claim {
  return { name, value, position: somewhere(), assurance: 'declared', ...more };
}

/** An enforcing policy for everybody that demands the rules. */
export function policy(
  id: string,
  rules: readonly RequirementRule[],
  more: Partial<Policy> = {},
): Policy {
  return {
    id,
    mode: 'enforce',
    scope: new Map(),
    lists: [],
    requirements: rules.map((rule) => ({ rule, position: somewhere() })),
    block: { status: 403 },
    logSelection: false,
    position: somewhere(),
    ...more,
  };
}

/** A target of provider `acme`, known by its id. */
export function target(id: string, more: Partial<TargetDeclaration> = {}): TargetDeclaration {
  return {
    id,
    provider: 'acme',
    model: 'm',
    claims: [],
    claimsStatedOn: 'target',
    position: somewhere(),
    ...more,
  };
}

/** A file with what is given, and provider `acme`. */
export function document(more: Partial<PolicyDocument>, binding?: Scope): BoundDocument {
  const acme = { id: 'acme', aliases: [], models: 'listed' as const, claims: [] };
  return {
    document: {
      file: 'small.yaml',
      dialect: 'native',
      providers: [{ ...acme, position: somewhere() }],
      endpoints: [],
      credentials: [],
      targets: [],
      policies: [],
      ...more,
    },
    ...(binding === undefined ? {} : { binding }),
  };
}

/** A set of the documents, with the settings of one that has no Bundle. */
export function setOf(...documents: readonly BoundDocument[]): PolicySet {
  return { settings: DEFAULT_SETTINGS, documents };
}

/** A request for the targets, by their ids. */
export function requestFor(
  targets: readonly (string | Omit<Candidate, 'ref'>)[],
  context: Partial<RequestContext> = {},
): DecisionRequest {
  return {
    context: {
      scope: new Map(),
      models: [],
      modelIdStyle: 'auto',
      features: [],
      preferences: {},
      attributes: new Map(),
      ...context,
    },
    candidates: targets.map((one, i) =>
      typeof one === 'string'
        ? { ref: one, target: one, claims: [] }
        : { ref: `c${String(i + 1)}`, ...one },
    ),
    caller: { rewritesModel: true, ownsClaims: false },
    problems: [],
  };
}
