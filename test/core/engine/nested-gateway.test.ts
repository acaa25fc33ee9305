import type { Claim } from '../../../src/core/model/claim';
import type { PolicyDocument } from '../../../src/core/model/policy-set';
import type { Candidate } from '../../../src/core/model/request';
import {
  claim,
  endpoint,
  file,
  NOW_MS,
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

const gateway = (value: string, more: Partial<Claim> = {}) => claim('nested_gateway', value, more);
const ROUTES_ON = 'nested_gateway,claim_unknown';

/** The codes that block the target `g` of a catalog that states the claims of it. */
function judged(
  claims: readonly Claim[],
  more: {
    readonly brings?: readonly Claim[];
    readonly owner?: boolean;
    readonly candidate?: Partial<Candidate>;
    readonly document?: Partial<PolicyDocument>;
    readonly bound?: Partial<PolicyDocument>;
    readonly team?: string;
  } = {},
): string {
  const { brings = [], owner = false, candidate = {}, bound = {} } = more;
  const set = setOf(
    file({
      providers: [provider('acme')],
      targets: [target('g', { claims: [ZDR, ...claims] })],
      policies: [policy('p', { rules: [REQUIRE_ZDR] })],
      ...more.document,
    }),
    file(bound, { team: ['core'] }),
  );
  const asked = parts('g', { target: 'g', claims: brings, ...candidate });
  const decision = decideOn(
    set,
    offering(
      [asked],
      { scope: new Map(more.team === undefined ? [] : [['team', more.team]]) },
      { caller: { rewritesModel: true, ownsClaims: owner } },
    ),
  );
  return codesFor(decision, 'g').join();
}

describe('what a candidate brings of its routing on', () => {
  it('counts against it, whoever brings it', () => {
    for (const owner of [false, true]) {
      expect(judged([], { brings: [gateway('routes_on'), ZDR], owner })).toBe(ROUTES_ON);
      expect(judged([], { brings: [gateway('none'), ZDR], owner })).toBe('');
      expect(judged([], { brings: [gateway('fallback_off'), ZDR], owner })).toBe('');
    }
  });

  it('speaks for it only where the caller owns the claims', () => {
    const brings = [gateway('none'), ZDR];
    expect(judged([gateway('routes_on')], { brings })).toBe(ROUTES_ON);
    expect(judged([gateway('routes_on')], { brings, owner: true })).toBe('');
  });

  it('is not said by other claims', () => {
    for (const owner of [false, true])
      expect(judged([gateway('routes_on')], { brings: [ZDR], owner })).toBe(ROUTES_ON);
  });

  it('counts against it if two statements disagree', () => {
    const both = [gateway('none'), gateway('fallback_off')];
    expect(judged([], { brings: [...both, ZDR], owner: true })).toBe(ROUTES_ON);
    expect(judged([], { brings: [gateway('none'), gateway('none'), ZDR], owner: true })).toBe('');
  });
});

describe('other claims that a candidate brings twice', () => {
  it('are in conflict if they disagree', () => {
    const disagreeing = [ZDR, claim('zero_data_retention', false)];
    expect(judged([], { brings: disagreeing })).toBe('claim_conflicting');
    expect(judged([], { brings: disagreeing, owner: true })).toBe('claim_conflicting');
    expect(judged([], { brings: [ZDR, ZDR], owner: true })).toBe('');
  });
});

describe('what the catalog states of routing on', () => {
  it.each<[string, readonly Claim[], string]>([
    ['it does, and that has ended', [gateway('routes_on', { expiresAtMs: NOW_MS })], ROUTES_ON],
    ['it does not, and that has ended', [gateway('none', { expiresAtMs: NOW_MS })], ''],
    ['it does, elsewhere', [gateway('routes_on', { apis: ['embeddings'] })], ROUTES_ON],
    ['its fallback is off, elsewhere', [gateway('fallback_off', { apis: ['files'] })], ROUTES_ON],
    ['it does not, elsewhere', [gateway('none', { apis: ['embeddings'] })], ''],
    ['two statements that it does not', [gateway('none'), gateway('none')], ''],
    ['two statements, one that it does', [gateway('none'), gateway('routes_on')], ROUTES_ON],
    [
      'two statements, neither plainly not',
      [gateway('routes_on'), gateway('fallback_off')],
      ROUTES_ON,
    ],
  ])('%s', (_, claims, expected) => {
    expect(judged(claims)).toBe(expected);
  });

  it('in a bound file counts for all policies where the file is', () => {
    const bound = { targets: [target('g', { claims: [gateway('routes_on')] })] };
    expect(judged([], { bound, team: 'core' })).toBe(ROUTES_ON);
    expect(judged([], { bound })).toBe('');
  });

  it('in a bound file does not speak for it against the others', () => {
    const bound = { targets: [target('g', { claims: [gateway('none')] })] };
    const document = { providers: [provider('acme', { claims: [gateway('routes_on')] })] };
    expect(judged([], { document, bound, team: 'core' })).toBe(ROUTES_ON);
  });
});

describe('a gateway at an address that is not the catalog’s', () => {
  const elsewhere = { endpoint: 'https://elsewhere.example' };

  it.each(['routes_on', 'fallback_off'])('is one if it is called one: %s', (value) => {
    expect(judged([gateway(value)], { candidate: elsewhere })).toBe(ROUTES_ON);
    expect(judged([gateway('none')], { candidate: elsewhere })).toBe('claim_unknown');
  });

  it('is one if the endpoint is called one at which it is declared', () => {
    const at = (value: string) => {
      const claims = [gateway(value)];
      const document = {
        endpoints: [endpoint('e', 'acme', { claims })],
        targets: [target('g', { endpoint: 'e', claims: [ZDR] })],
      };
      return judged([], { document, candidate: elsewhere });
    };
    expect(at('routes_on')).toBe(ROUTES_ON);
    expect(at('none')).toBe('claim_unknown');
  });

  it('is one if a bound file calls it one, where the file is', () => {
    const bound = { targets: [target('g', { claims: [gateway('routes_on')] })] };
    expect(judged([], { bound, candidate: elsewhere, team: 'core' })).toBe(ROUTES_ON);
    expect(judged([], { bound, candidate: elsewhere })).toBe('claim_unknown');
  });
});
