import type { PolicyDocument } from '../../../src/core/model/policy-set';
import type { Candidate } from '../../../src/core/model/request';
import {
  allow,
  credential,
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

/** `eligible`, or the codes that block the candidate, where a file for the team `core` stands beside another. */
function judged(
  base: Partial<PolicyDocument>,
  bound: Partial<PolicyDocument>,
  candidate: Partial<Candidate>,
): Readonly<Record<'inside' | 'outside', string>> {
  const open = file({ policies: [policy('all')] });
  const set = setOf(open, file(base), file(bound, { team: ['core'] }));
  const answer = (team: readonly (readonly [string, string])[]) => {
    const decision = decideOn(set, offering([parts('c', candidate)], { scope: new Map(team) }));
    return verdictFor(decision, 'c').eligible ? 'eligible' : codesFor(decision, 'c').join();
  };
  return { inside: answer([['team', 'core']]), outside: answer([]) };
}

describe('an alias that a bound file declares', () => {
  const base = {
    providers: [provider('acme', { aliases: ['acme-ai', 'acme-inc'] })],
    targets: [target('t')],
  };
  const bound = { providers: [provider('acme', { aliases: ['ours'] })] };

  it('names the provider where the file is, and nothing elsewhere', () => {
    expect(judged(base, bound, { provider: 'ours', model: 'm' })).toEqual({
      inside: 'eligible',
      outside: 'unknown_target',
    });
  });

  it.each(['acme', 'acme-ai', 'acme-inc'])('leaves the names that all files know: %s', (name) => {
    expect(judged(base, bound, { provider: name, model: 'm' })).toEqual({
      inside: 'eligible',
      outside: 'eligible',
    });
  });

  it('means nothing to the allow lists of other files', () => {
    const lists = [allow('provider', { provider: 'ours' })];
    const theirs = { ...base, policies: [policy('p', { lists })] };
    expect(judged(theirs, bound, { target: 't' }).inside).toBe('provider_not_allowed');
    const own = { ...bound, policies: [policy('p', { lists })] };
    expect(judged(base, own, { target: 't' }).inside).toBe('eligible');
  });
});

describe('a credential that a bound file calls a customer’s', () => {
  it('is a customer’s where the file is, whatever the others say', () => {
    const policies = [policy('p', { rules: [REQUIRE_ZDR] })];
    const base = {
      providers: [provider('acme')],
      credentials: [credential('k', 'acme', { owner: 'operator' })],
      targets: [target('t', { credential: 'k', claims: [ZDR] })],
      policies,
    };
    const bound = { credentials: [credential('k', 'acme', { owner: 'customer' })] };
    expect(judged(base, bound, { target: 't' })).toEqual({
      inside: 'claim_unknown',
      outside: 'eligible',
    });
  });
});
