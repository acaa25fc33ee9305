import { createKeeptrustsDialect } from '../../../src/dialects/keeptrusts';
import type { Finding } from '../../../src/core/model/finding';
import type { Scope } from '../../../src/core/model/policy';
import {
  DEFAULT_SETTINGS,
  type BoundDocument,
  type PolicyDocument,
  type PolicySet,
} from '../../../src/core/model/policy-set';

/** The instant of these tests. */
export const NOW_MS = Date.UTC(2026, 0, 1);

/** A pack with the given targets (id to declarations) and settings of its data-routing-policy, in flow style. */
export function pack(
  name: string,
  targets: Readonly<Record<string, string>>,
  settings: string,
): PolicyDocument {
  const text = [
    `pack: {name: ${name}}`,
    'providers:',
    '  targets:',
    ...Object.entries(targets).map(
      ([id, declared]) =>
        `    - {id: ${id}, provider: p, model: ${id}, data_policy: {${declared}}}`,
    ),
    'policies: {chain: [data-routing-policy]}',
    `policy: {data-routing-policy: {${settings}}}`,
  ].join('\n');
  const { document, findings } = createKeeptrustsDialect().parse({ name: `${name}.yaml`, text });
  if (document === undefined) throw new Error(findings.map(({ message }) => message).join('\n'));
  return document;
}

/** A set of unbound documents. */
export function setOf(...documents: readonly PolicyDocument[]): PolicySet {
  return { settings: DEFAULT_SETTINGS, documents: documents.map((document) => ({ document })) };
}

/** A document that exists for one team only. */
export function forTeam(document: PolicyDocument, team: string): BoundDocument {
  const binding: Scope = new Map([['team', [team]]]);
  return { document, binding };
}

/** The findings as `code: message`. */
export function messages(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ message }) => message);
}
