import type { Claim } from '../../../src/core/model/claim';
import { GetCatalogResponse } from '../../../src/gen/ambit/v1/policy_service';
import { catalogToWire } from '../../../src/pep/grpc/catalog-to-wire';
import type { CatalogEntry } from '../../../src/service/catalog-query';
import { provider, target } from '../../core/engine/support/build';

const BUNDLE = { digest: 'd', sequence: 1, stale: false };
const AT = { file: 'c.yaml', line: 1, column: 2 };

/** The only target of a page, as JSON. */
function shown(entry: CatalogEntry): unknown {
  const page = catalogToWire({ entries: [entry], nextPageToken: 'next', bundle: BUNDLE });
  const json = GetCatalogResponse.toJSON(page) as { readonly targets: readonly unknown[] };
  expect(json).toMatchObject({ nextPageToken: 'next', bundle: { digest: 'd' } });
  return json.targets[0];
}

const claim = (more: Partial<Claim>): Claim => ({
  name: 'gdpr',
  value: true,
  position: AT,
  assurance: 'declared',
  ...more,
});

/** The only claim of a target. */
function shownClaim(more: Partial<Claim>): unknown {
  const claims = [{ claim: claim(more), level: 'provider' as const }];
  const entry = shown({ kind: 'target', declaration: target('t'), claims });
  return (entry as { readonly claims: readonly unknown[] }).claims[0];
}

describe('a target of the catalog', () => {
  it('is shown without what its file does not say, but with the name that it serves', () => {
    const declaration = target('t', { position: AT });
    expect(shown({ kind: 'target', declaration, claims: [] })).toEqual({
      target: 't',
      provider: 'acme',
      model: 'm',
      serves: ['m'],
      source: AT,
    });
  });

  it('is shown with everything that its file says, and nothing of secrets and addresses', () => {
    const declaration = target('t', {
      region: 'DE',
      endpoint: 'e',
      credential: 'c',
      apis: ['messages', 'files'],
      serves: ['x', 'y'],
      secretRef: 'SECRET_NAME',
      address: { host: 'host.example' },
      position: AT,
    });
    expect(shown({ kind: 'target', declaration, claims: [] })).toEqual({
      target: 't',
      provider: 'acme',
      model: 'm',
      region: 'DE',
      endpoint: 'e',
      credential: 'c',
      apis: ['API_MESSAGES', 'API_FILES'],
      serves: ['x', 'y'],
      source: AT,
    });
  });

  it('may be a provider of which every model is known', () => {
    const declaration = provider('p', { models: 'any', position: AT });
    expect(shown({ kind: 'provider', declaration, claims: [] })).toEqual({
      target: 'p',
      provider: 'p',
      source: AT,
    });
  });
});

describe('a claim of the catalog', () => {
  it.each<[Claim['value'], unknown]>([
    [true, { boolValue: true }],
    [false, { boolValue: false }],
    [0, { numberValue: 0 }],
    [2.5, { numberValue: 2.5 }],
    ['', { stringValue: '' }],
    ['type2', { stringValue: 'type2' }],
    [[], { listValue: {} }],
    [['DE', 'eu'], { listValue: { values: ['DE', 'eu'] } }],
  ])('is shown with its value: %j', (value, expected) => {
    expect(shownClaim({ value })).toEqual({
      name: 'gdpr',
      ...(expected as object),
      level: 'CLAIM_LEVEL_PROVIDER',
      source: AT,
      assurance: 'ASSURANCE_DECLARED',
    });
  });

  it('is shown with where it comes from, until when it holds and what it covers', () => {
    const whole = shownClaim({
      evidence: 'https://p.example/soc2',
      assurance: 'audited',
      checkedAtMs: 0,
      expiresAtMs: 1,
      apis: ['batch'],
      features: ['store', 'no_store'],
    });
    expect(whole).toMatchObject({
      evidence: 'https://p.example/soc2',
      assurance: 'ASSURANCE_AUDITED',
      checkedAt: '1970-01-01T00:00:00.000Z',
      expiresAt: '1970-01-01T00:00:00.001Z',
      apis: ['API_BATCH'],
      features: ['store', 'no_store'],
    });
  });

  it.each([
    ['provider', 'CLAIM_LEVEL_PROVIDER'],
    ['endpoint', 'CLAIM_LEVEL_ENDPOINT'],
    ['target', 'CLAIM_LEVEL_TARGET'],
    ['credential', 'CLAIM_LEVEL_CREDENTIAL'],
  ] as const)('stands at its level: %s', (level, expected) => {
    const claims = [{ claim: claim({}), level }];
    expect(shown({ kind: 'target', declaration: target('t'), claims })).toMatchObject({
      claims: [{ level: expected }],
    });
  });
});
