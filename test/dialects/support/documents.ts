import type { Policy } from '../../../src/core/model/policy';
import type { PolicyDocument } from '../../../src/core/model/policy-set';
import type { DialectResult, PolicyDialect } from '../../../src/ports/policy-dialect';

/** The document of a file that must be right; fails the test with the findings otherwise. */
export function documentOf({ document, findings }: DialectResult): PolicyDocument {
  if (document === undefined) throw new Error(findings.map(({ message }) => message).join('\n'));
  return document;
}

/** The document of a text that must be right. */
export function documentOfText(dialect: PolicyDialect, text: string): PolicyDocument {
  return documentOf(dialect.parse({ name: `${dialect.name}.yaml`, text }));
}

/** The one policy of a file that must be right. */
export function onlyPolicyOf(result: DialectResult): Policy {
  const [policy, ...others] = documentOf(result).policies;
  if (policy === undefined || others.length > 0) throw new Error('there is not one policy');
  return policy;
}

/** A native catalog with these providers, as its `spec.providers` states them. */
export function nativeCatalog(providers: readonly unknown[]): string {
  return JSON.stringify({
    apiVersion: 'ambit/v1',
    kind: 'Catalog',
    metadata: { name: 'all' },
    spec: { providers },
  });
}

/** The key `claims` of such a provider or target; it may not be empty, so without claims there is none. */
export function statedClaims(claims: object = {}): { readonly claims?: object } {
  return Object.keys(claims).length === 0 ? {} : { claims };
}
