import type { ProviderTable } from '../../src/core/model/policy-set';
import type { SourcePosition } from '../../src/core/model/source-position';

/** Small alphabets, so that names collide. `NOW_MS` is the instant of every generated decision. */
export const NOW_MS = Date.UTC(2026, 0, 15);
export const DAY_MS = 86_400_000;
export const PROVIDERS = ['acme', 'boreal', 'relay'] as const;
export const ALIASES: Readonly<Record<string, readonly string[]>> = {
  acme: ['acme-ai'],
  boreal: ['bo'],
  relay: [],
};
export const MODELS = ['m-small', 'm-large', 'eu.vend.m', 'us.vend.m', 'auto', 'm-latest'] as const;
export const CREDENTIALS = ['k-own', 'k-customer'] as const;
export const REGIONS = ['DE', 'US', 'eu', 'IS', 'eea', 'global', 'us-east-1'] as const;
export const CERTIFICATIONS = ['hipaa_baa', 'pci_dss'] as const;
export const SCOPE_VALUES: Readonly<Record<string, readonly string[]>> = {
  tenant: ['blue', 'red'],
  team: ['core', 'ops'],
  environment: ['dev', 'prod'],
};

/** What generated dialects call providers; they agree on some names, and not on others. */
export const PROVIDER_TABLES: ReadonlyMap<string, ProviderTable> = new Map([
  [
    'vercel',
    new Map([
      ['ac', 'acme'],
      ['bor', 'boreal'],
      ['re', 'relay'],
      ['x', 'acme'],
    ]),
  ],
  [
    'ngrok',
    new Map([
      ['ac', 'acme'],
      ['acme-cloud', 'acme'],
      ['x', 'boreal'],
      ['bo', 'acme'],
    ]),
  ],
  [
    'openrouter',
    new Map([
      ['ac', 'acme'],
      ['relay', 'relay-inc'],
      ['bor', 'nowhere'],
    ]),
  ],
]);

let line = 0;

/** A position that no other statement has, as in a file. */
export function somewhere(): SourcePosition {
  line = (line + 1) % 1_000_000;
  return { file: 'generated.yaml', line: line + 1, column: 1 };
}
