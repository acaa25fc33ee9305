import type { PolicySet } from '../../../src/core/model/policy-set';
import {
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
import { codesFor, decideOn } from './support/decided';

describe('whose list makes known what a router reaches', () => {
  const ROUTER = target('router', { model: 'auto', claims: [ZDR] });
  const LISTING = { ...ROUTER, reaches: ['good'] };
  const base = (...targets: readonly (typeof ROUTER)[]) =>
    file({
      providers: [provider('acme')],
      targets: [target('good', { claims: [ZDR] }), ...targets],
      policies: [policy('p', { rules: [REQUIRE_ZDR] })],
    });
  const inCore = (set: PolicySet): string => {
    const request = offering([parts('c', { target: 'router' })], {
      scope: new Map([['team', 'core']]),
    });
    return codesFor(decideOn(set, request), 'c').join();
  };
  const bound = file({ targets: [LISTING] }, { team: ['core'] });

  it('that of any file for all', () => {
    expect(inCore(setOf(base(ROUTER), file({ targets: [LISTING] })))).toBe('');
    expect(inCore(setOf(base(LISTING), file({ targets: [ROUTER] })))).toBe('');
  });

  it('not that of a bound file, where files for all declare the router', () => {
    expect(inCore(setOf(base(ROUTER), bound))).toBe('unknown_target');
    expect(inCore(setOf(base(LISTING), bound))).toBe('');
  });
});
