import type { PolicyDocument } from '../../../src/core/model/policy-set';
import type { Candidate } from '../../../src/core/model/request';
import { endpoint, file, offering, parts, policy, provider, setOf, target } from './support/build';
import { decideOn, judgedAs } from './support/decided';

const ACME_URL = 'https://acme.example/v1';
const BOREAL_URL = 'https://boreal.example/v1';

const CATALOG: Partial<PolicyDocument> = {
  providers: [
    provider('acme', { aliases: ['acme-ai'], models: 'any' }),
    provider('boreal'),
    provider('elsewhere'),
  ],
  endpoints: [
    endpoint('a1', 'acme-ai', { baseUrl: ACME_URL }),
    endpoint('a2', 'acme', { baseUrl: `${ACME_URL}/two` }),
    endpoint('b1', 'boreal', { baseUrl: BOREAL_URL }),
    endpoint('none', 'boreal'),
  ],
  targets: [target('open'), target('fixed', { model: 'f', endpoint: 'a1' })],
  policies: [policy('p')],
};

/** `eligible`, or the codes that block the candidate. */
function judged(candidate: Partial<Candidate>, more: Partial<PolicyDocument> = {}): string {
  const set = setOf(file({ ...CATALOG, ...more }));
  return judgedAs(decideOn(set, offering([parts('c', candidate)])), 'c');
}

describe('a candidate at an address', () => {
  it.each<[string, Partial<Candidate>]>([
    ['of its own provider', { target: 'open', endpoint: ACME_URL }],
    ['of its own provider, with a slash behind it', { target: 'open', endpoint: `${ACME_URL}/` }],
    ['at which it is declared', { target: 'fixed', endpoint: ACME_URL }],
    // Nothing is demanded here; what the catalog says of the provider does not count there (L13).
    ['at its provider`s host, on another path', { target: 'open', endpoint: `${ACME_URL}/x` }],
    ['that the catalog does not know', { target: 'open', endpoint: 'https://new.example' }],
    ['by its provider and model', { provider: 'acme', model: 'x', endpoint: ACME_URL }],
  ])('%s is known', (_, candidate) => {
    expect(judged(candidate)).toBe('eligible');
  });

  it.each<[string, Partial<Candidate>]>([
    ['of another provider', { target: 'open', endpoint: BOREAL_URL }],
    ['on another path there', { target: 'open', endpoint: 'https://boreal.example/x' }],
    ['there, by the name of a user', { target: 'open', endpoint: 'https://u@boreal.example' }],
    ['there, at a provider of any model', { provider: 'acme', model: 'x', endpoint: BOREAL_URL }],
    ['of another endpoint than its own', { target: 'fixed', endpoint: `${ACME_URL}/two` }],
  ])('%s names nothing that is known', (_, candidate) => {
    expect(judged(candidate)).toBe('unknown_target');
  });

  it('stays what it is where files contradict each other of it', () => {
    const targets = [target('open'), target('open', { model: 'other' })];
    expect(judged({ target: 'open', endpoint: BOREAL_URL }, { targets })).toBe(
      'conflicting_target',
    );
  });
});
