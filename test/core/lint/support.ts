import type {
  CredentialDeclaration,
  EndpointDeclaration,
  ProviderDeclaration,
  TargetDeclaration,
} from '../../../src/core/model/catalog';
import type { Claim, ClaimName, ClaimValue } from '../../../src/core/model/claim';
import type { Policy } from '../../../src/core/model/policy';
import {
  DEFAULT_SETTINGS,
  type PolicyDocument,
  type PolicySet,
} from '../../../src/core/model/policy-set';
import type { RequirementRule } from '../../../src/core/model/requirement';

/** The instant at which lint looks. */
export const NOW_MS = Date.UTC(2026, 6, 1);

/** A place of its own for each line. */
export function at(line: number) {
  return { file: 'catalog.yaml', line, column: 5, endColumn: 12 };
}

/** A claim on a line. */
export function claim(name: ClaimName, value: ClaimValue, more: Partial<Claim> = {}): Claim {
  return { name, value, position: at(1), assurance: 'declared', ...more };
}

/** A provider `acme` with the given claims. */
export function provider(...claims: readonly Claim[]): ProviderDeclaration {
  return { id: 'acme', aliases: ['acme-ai'], models: 'listed', claims, position: at(10) };
}

/** An endpoint `acme-eu` of it. */
export function endpoint(...claims: readonly Claim[]): EndpointDeclaration {
  return { id: 'acme-eu', provider: 'acme', claims, position: at(20) };
}

/** A credential `acme-key` of it. */
export function credential(...claims: readonly Claim[]): CredentialDeclaration {
  return { id: 'acme-key', provider: 'acme', owner: 'operator', claims, position: at(30) };
}

/** A target of it, `m1` unless `more` says otherwise. */
export function target(more: Partial<TargetDeclaration> = {}): TargetDeclaration {
  return {
    id: 'm1',
    provider: 'acme',
    model: 'm',
    claims: [],
    claimsStatedOn: 'target',
    position: at(40),
    ...more,
  };
}

/** A set of one document. */
export function setOf(parts: Partial<PolicyDocument>): PolicySet {
  const document: PolicyDocument = {
    file: 'catalog.yaml',
    dialect: 'native',
    providers: [],
    endpoints: [],
    credentials: [],
    targets: [],
    policies: [],
    ...parts,
  };
  return { settings: DEFAULT_SETTINGS, documents: [{ document }] };
}

/** A policy for all that states one requirement. */
export function policy(rule: RequirementRule): Policy {
  return {
    id: 'p',
    mode: 'enforce',
    scope: new Map(),
    lists: [],
    requirements: [{ rule, position: at(50) }],
    block: { status: 403 },
    logSelection: false,
    position: at(49),
  };
}
