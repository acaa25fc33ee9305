import type { TargetDeclaration } from '../../../../src/core/model/catalog';
import type { Finding } from '../../../../src/core/model/finding';
import { DEFAULT_SETTINGS, type PolicySet } from '../../../../src/core/model/policy-set';
import type { EnvoyConfigOptions } from '../../../../src/ports/envoy-config';
import { documentOfText, nativeCatalog } from '../../../dialects/support/documents';
import { native } from '../../../dialects/native/support';

/** Options under which nothing is to be said of them. */
export const OPTIONS: EnvoyConfigOptions = {
  variant: 'recommended',
  reading: 'body',
  context: new Map([['tenant', 'acme']]),
  listen: { kind: 'tcp', host: '127.0.0.1', port: 10_000 },
  ambit: { kind: 'unix', path: '/run/ambit/ambit.sock' },
  secretsDirectory: '/etc/envoy/secrets',
  caFile: '/etc/ssl/ca.crt',
  caFiles: new Map(),
  logFile: '/dev/stdout',
};

/** The set of native catalogs, each with these providers, as `spec.providers` states them. */
export function setOf(...catalogs: readonly (readonly unknown[])[]): PolicySet {
  return {
    settings: DEFAULT_SETTINGS,
    documents: catalogs.map((providers) => ({
      document: documentOfText(native, nativeCatalog(providers)),
    })),
  };
}

/** A provider with one target at `a.example`, unless the target says otherwise. */
export function provider(target: object): object {
  return {
    id: 'p',
    targets: [{ id: 'a', model: 'm', endpoint: { host: 'a.example' }, ...target }],
  };
}

/** A set of targets as no file could state them: whatever stands in them, nothing has looked at it. */
export function unreadSet(targets: readonly TargetDeclaration[]): PolicySet {
  const [bound] = setOf([provider({})]).documents;
  if (bound === undefined) throw new Error('there is no document');
  return { settings: DEFAULT_SETTINGS, documents: [{ document: { ...bound.document, targets } }] };
}

/** Level and code of each finding, as `level code`. */
export function told(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ severity, code }) => `${severity} ${code}`);
}
