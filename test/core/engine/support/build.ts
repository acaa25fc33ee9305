import type { Claim, ClaimName, ClaimValue } from '../../../../src/core/model/claim';
import type {
  CredentialDeclaration,
  EndpointDeclaration,
  ProviderDeclaration,
  TargetDeclaration,
} from '../../../../src/core/model/catalog';
import type { Policy, Scope, TargetList, TargetPattern } from '../../../../src/core/model/policy';
import {
  DEFAULT_SETTINGS,
  type BoundDocument,
  type BundleSettings,
  type PolicyDocument,
  type PolicySet,
} from '../../../../src/core/model/policy-set';
import { EMPTY_CONTEXT } from '../../../../src/core/model/request';
import type {
  Candidate,
  DecisionRequest,
  RequestContext,
} from '../../../../src/core/model/request';
import type { RequirementRule } from '../../../../src/core/model/requirement';
import type { SourcePosition } from '../../../../src/core/model/source-position';

/** The instant of every decision that does not say another. */
export const NOW_MS = Date.UTC(2026, 6, 1);

/** A whole day. */
export const DAY_MS = 86_400_000;

/** A place in a file. */
export function at(line: number, file = 'policy.yaml'): SourcePosition {
  return { file, line, column: 1 };
}

/** A declared claim. */
export function claim(name: ClaimName, value: ClaimValue, more: Partial<Claim> = {}): Claim {
  return { name, value, position: at(1), assurance: 'declared', ...more };
}

/** Zero data retention, stated. */
export const ZDR = claim('zero_data_retention', true);

/** A provider of listed models. */
export function provider(id: string, more: Partial<ProviderDeclaration> = {}): ProviderDeclaration {
  return { id, aliases: [], models: 'listed', claims: [], position: at(10), ...more };
}

/** An endpoint of a provider. */
export function endpoint(
  id: string,
  of: string,
  more: Partial<EndpointDeclaration> = {},
): EndpointDeclaration {
  return { id, provider: of, claims: [], position: at(20), ...more };
}

/** A credential at a provider, the operator's unless `more` says otherwise. */
export function credential(
  id: string,
  of: string,
  more: Partial<CredentialDeclaration> = {},
): CredentialDeclaration {
  return { id, provider: of, owner: 'operator', claims: [], position: at(30), ...more };
}

/** A target of provider `acme` and model `m` unless `more` says otherwise. */
export function target(id: string, more: Partial<TargetDeclaration> = {}): TargetDeclaration {
  return {
    id,
    provider: 'acme',
    model: 'm',
    claims: [],
    claimsStatedOn: 'target',
    position: at(40),
    ...more,
  };
}

/** What a policy may say, with its requirements as bare rules. */
export type PolicyParts = Partial<Omit<Policy, 'id' | 'requirements' | 'scope'>> & {
  readonly rules?: readonly RequirementRule[];
  readonly scope?: Readonly<Record<string, readonly string[] | 'any'>>;
};

/** A policy; it enforces, is for all and demands nothing unless the parts say otherwise. */
export function policy(id: string, parts: PolicyParts = {}): Policy {
  const { rules = [], scope = {}, ...more } = parts;
  return {
    id,
    mode: 'enforce',
    scope: scopeOf(scope),
    lists: [],
    requirements: rules.map((rule, index) => ({ rule, position: at(60 + index) })),
    block: { status: 403 },
    logSelection: false,
    position: at(50),
    ...more,
  };
}

/** A scope from an object. */
export function scopeOf(values: Readonly<Record<string, readonly string[] | 'any'>>): Scope {
  return new Map(Object.entries(values));
}

/** The requirement that most tests state. */
export const REQUIRE_ZDR: RequirementRule = { kind: 'require_zero_data_retention' };

/** An expression that fails to evaluate on every target that states `gdpr`. */
export const FAILING: RequirementRule = {
  kind: 'expression',
  text: 'claims.gdpr + 1 > 0',
  claims: ['gdpr'],
  program: () => ({ error: 'no such overload' }),
};

/** An allow list. */
export function allow(
  subject: TargetList['subject'],
  ...patterns: readonly TargetPattern[]
): TargetList {
  return listOf(subject, 'allow', patterns);
}

/** A deny list. */
export function deny(
  subject: TargetList['subject'],
  ...patterns: readonly TargetPattern[]
): TargetList {
  return listOf(subject, 'deny', patterns);
}

function listOf(
  subject: TargetList['subject'],
  effect: TargetList['effect'],
  patterns: readonly TargetPattern[],
): TargetList {
  const entries = patterns.map((pattern, index) => ({
    pattern,
    text: Object.values(pattern).join('/'),
    future: false,
    position: at(81 + index),
  }));
  return { subject, effect, entries, position: at(80) };
}

/** A file that states what the parts say; bound to `binding` if it is given. */
export function file(
  parts: Partial<PolicyDocument>,
  binding?: Readonly<Record<string, readonly string[] | 'any'>>,
): BoundDocument {
  const document: PolicyDocument = {
    file: 'policy.yaml',
    dialect: 'native',
    providers: [],
    endpoints: [],
    credentials: [],
    targets: [],
    policies: [],
    ...parts,
  };
  return binding === undefined ? { document } : { document, binding: scopeOf(binding) };
}

/** A set of files with default settings. */
export function setOf(...documents: readonly BoundDocument[]): PolicySet {
  return { settings: DEFAULT_SETTINGS, documents };
}

/** The same set with other settings. */
export function withSettings(set: PolicySet, settings: Partial<BundleSettings>): PolicySet {
  return { ...set, settings: { ...set.settings, ...settings } };
}

/** The context of a request that says nothing but what is given. */
export function context(more: Partial<RequestContext> = {}): RequestContext {
  return { ...EMPTY_CONTEXT, ...more };
}

/** A request whose candidates are the catalog's. */
export function asking(
  more: Partial<RequestContext> = {},
  rest: Partial<DecisionRequest> = {},
): DecisionRequest {
  return {
    context: context(more),
    caller: { rewritesModel: true, ownsClaims: false },
    problems: [],
    ...rest,
  };
}

/** A request for targets by id, or for candidates as they are. */
export function offering(
  candidates: readonly (string | Candidate)[],
  more: Partial<RequestContext> = {},
  rest: Partial<DecisionRequest> = {},
): DecisionRequest {
  return asking(more, { candidates: candidates.map(candidateOf), ...rest });
}

function candidateOf(each: string | Candidate): Candidate {
  return typeof each === 'string' ? { ref: each, target: each, claims: [] } : each;
}

/** A candidate by its parts. */
export function parts(ref: string, more: Partial<Candidate>): Candidate {
  return { ref, claims: [], ...more };
}
