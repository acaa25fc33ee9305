import type { Candidate } from '../../../src/core/model/request';
import type { PolicyDocument } from '../../../src/core/model/policy-set';
import {
  claim,
  credential,
  deny,
  endpoint,
  file,
  offering,
  parts,
  policy,
  provider,
  REQUIRE_ZDR,
  setOf,
  target,
  ZDR,
} from './support/build';
import { codesFor, decideOn, verdictFor } from './support/decided';

const NO_ZDR = claim('zero_data_retention', false);

/** `eligible`, or the codes that block the candidate. */
function judged(document: Partial<PolicyDocument>, candidate: Partial<Candidate>): string {
  const set = setOf(
    file({
      providers: [provider('acme', { models: 'any', claims: [ZDR] })],
      policies: [policy('p', { rules: [REQUIRE_ZDR] })],
      ...document,
    }),
  );
  const decision = decideOn(set, offering([parts('c', candidate)]));
  return verdictFor(decision, 'c').eligible ? 'eligible' : codesFor(decision, 'c').join();
}

const OPEN = { provider: 'acme', model: 'm' };

describe('a candidate that leaves its endpoint open', () => {
  const good = endpoint('e1', 'acme');
  const bad = endpoint('e2', 'acme', { claims: [NO_ZDR] });

  it('is judged at each of several, and named at one it is judged there', () => {
    expect(judged({ endpoints: [good, bad] }, OPEN)).toBe('claim_contrary');
    expect(judged({ endpoints: [good, bad] }, { ...OPEN, endpoint: 'e1' })).toBe('eligible');
    expect(judged({ endpoints: [good, bad] }, { ...OPEN, endpoint: 'e2' })).toBe('claim_contrary');
  });

  it('is judged at each also where it names a target that leaves it open', () => {
    const targets = [target('t', { provider: 'acme', model: 'm' })];
    expect(judged({ endpoints: [good, bad], targets }, { target: 't' })).toBe('claim_contrary');
  });

  it('is not at one of another region than the target names', () => {
    const targets = [target('t', { provider: 'acme', model: 'm', region: 'DE' })];
    const endpoints = [
      endpoint('e1', 'acme', { region: 'DE' }),
      endpoint('e2', 'acme', { region: 'US', claims: [NO_ZDR] }),
      endpoint('e3', 'acme'),
    ];
    expect(judged({ endpoints, targets }, { target: 't' })).toBe('eligible');
    const badWithout = endpoint('e3', 'acme', { claims: [NO_ZDR] });
    const badWithin = endpoint('e1', 'acme', { region: 'DE', claims: [NO_ZDR] });
    for (const bad of [badWithout, badWithin]) {
      const others = endpoints.filter(({ id }) => id !== bad.id);
      expect(judged({ endpoints: [...others, bad], targets }, { target: 't' })).toBe(
        'claim_contrary',
      );
    }
  });

  it('has no choice where there is only one, or none of its provider', () => {
    expect(judged({ endpoints: [bad] }, OPEN)).toBe('eligible');
    const others = [provider('acme', { models: 'any', claims: [ZDR] }), provider('other')];
    const endpoints = [endpoint('e1', 'other'), endpoint('e2', 'other', { claims: [NO_ZDR] })];
    expect(judged({ providers: others, endpoints }, OPEN)).toBe('eligible');
  });
});

describe('a target that files declare differently', () => {
  it('is blocked as that, and not looked for at each of several endpoints', () => {
    const endpoints = [endpoint('e1', 'acme'), endpoint('e2', 'acme')];
    const policies = [policy('p', { lists: [deny('provider', { endpoint: 'e1' })] })];
    const targets = [target('t'), target('t', { model: 'n' })];
    expect(judged({ endpoints, policies, targets }, { target: 't' })).toBe('conflicting_target');
    expect(judged({ endpoints, policies, targets: [target('t')] }, { target: 't' })).toBe(
      'provider_denied',
    );
  });
});

describe('a candidate that leaves its credential open', () => {
  const own = credential('k1', 'acme', { owner: 'operator' });
  const customers = credential('k2', 'acme', { owner: 'customer' });

  it('is judged under each of several: a contract reaches a customer’s only where stated on it', () => {
    expect(judged({ credentials: [own, customers] }, OPEN)).toBe('claim_unknown');
    expect(judged({ credentials: [own, customers] }, { ...OPEN, credential: 'k1' })).toBe(
      'eligible',
    );
  });

  it('is judged under each at each endpoint', () => {
    const endpoints = [endpoint('e1', 'acme'), endpoint('e2', 'acme', { claims: [NO_ZDR] })];
    const credentials = [own, credential('k3', 'acme', { owner: 'operator', claims: [ZDR] })];
    expect(judged({ endpoints, credentials }, OPEN)).toBe('claim_contrary');
    expect(judged({ endpoints, credentials }, { ...OPEN, credential: 'k3' })).toBe('eligible');
  });
});

describe('a candidate at an address that is not the catalog’s', () => {
  const credentials = [credential('k1', 'acme'), credential('k2', 'acme')];
  const policies = [policy('p', { lists: [deny('provider', { credential: 'k1' })] })];
  const elsewhere = { ...OPEN, endpoint: 'https://elsewhere.example' };

  it('may still use each credential, a forbidden one too', () => {
    expect(judged({ credentials, policies }, elsewhere)).toBe('provider_denied');
    expect(judged({ credentials, policies }, { ...elsewhere, credential: 'k2' })).toBe('eligible');
  });
});

describe('a ban on a region', () => {
  const banned = { policies: [policy('p', { lists: [deny('provider', { region: 'US' })] })] };

  it.each([
    ['US', 'provider_denied'],
    ['us', 'provider_denied'],
    ['global', 'provider_denied'],
    ['us-east-1', 'provider_denied'],
    ['DE', 'eligible'],
    ['eu', 'eligible'],
  ])('holds for what may overlap with it: `%s` is %s', (region, expected) => {
    expect(judged(banned, { ...OPEN, region })).toBe(expected);
  });

  it('by a name that is no place is a ban on that name', () => {
    const policies = [policy('p', { lists: [deny('provider', { region: 'us-east-1' })] })];
    expect(judged({ policies }, { ...OPEN, region: 'US-EAST-1' })).toBe('provider_denied');
    expect(judged({ policies }, { ...OPEN, region: 'eu-west-1' })).toBe('eligible');
  });
});
