import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import { explain } from '../../../src/core/engine/explain';
import { DEFAULT_SETTINGS, type PolicySet } from '../../../src/core/model/policy-set';
import { EMPTY_CONTEXT, type CallerTraits } from '../../../src/core/model/request';
import {
  claim,
  deny,
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
  withSettings,
  ZDR,
} from './support/build';
import { codesFor, decideOn, eligibleRefs } from './support/decided';

const OWNER: CallerTraits = { rewritesModel: true, ownsClaims: true };

describe('a candidate at an address that the catalog does not know', () => {
  const setWith = (value: string): PolicySet =>
    setOf(
      file({
        providers: [provider('acme', { claims: [claim('nested_gateway', value)] })],
        policies: [policy('p', { rules: [REQUIRE_ZDR] })],
      }),
    );
  const request = offering(
    [parts('own', { provider: 'acme', model: 'm', endpoint: 'nowhere', claims: [ZDR] })],
    {},
    { caller: OWNER },
  );

  it('is a gateway even where its provider says that fallbacks are off', () => {
    expect(eligibleRefs(decideOn(setWith('none'), request))).toEqual(['own']);
    expect(codesFor(decideOn(setWith('fallback_off'), request), 'own')).toContain('nested_gateway');
  });
});

describe('an endpoint of the catalog', () => {
  const deciding = (baseUrl: string, of: string) =>
    decideOn(
      setOf(
        file({
          providers: [provider('acme')],
          endpoints: [
            endpoint('eu', 'acme', { region: 'eu' }),
            endpoint('us', 'acme', { region: 'us', baseUrl }),
          ],
          targets: [target('a', { endpoint: of })],
          policies: [policy('p', { lists: [deny('provider', { endpoint: 'us' })] })],
        }),
      ),
      offering(['a']),
    );

  it('is not taken for another whose base URL names no host', () => {
    expect(eligibleRefs(deciding('us.acme.example', 'eu'))).toEqual(['a']);
    expect(eligibleRefs(deciding('us.acme.example', 'us'))).toEqual([]);
  });

  it('says nothing of a target that names none, whatever it is called', () => {
    const decidingAt = (more: { readonly endpoint?: string }) =>
      decideOn(
        setOf(
          file({
            providers: [provider('acme')],
            endpoints: [endpoint('undefined', 'acme', { region: 'us' })],
            targets: [target('a', { region: 'eu', ...more })],
            policies: [policy('p', { lists: [deny('provider', { region: 'us' })] })],
          }),
        ),
        offering(['a']),
      );
    expect(eligibleRefs(decidingAt({}))).toEqual(['a']);
    expect(eligibleRefs(decidingAt({ endpoint: 'undefined' }))).toEqual([]);
  });
});

describe('a policy of a scope value', () => {
  /** Policy `core` denies all to teams that have the name; `values` are those that exist. */
  const bundleFor = (named: string, values: readonly string[] | 'any') =>
    compileBundle(
      withSettings(
        setOf(
          file({
            providers: [provider('acme')],
            targets: [target('a')],
            policies: [
              policy('all'),
              policy('core', {
                scope: { team: [named] },
                lists: [deny('provider', { provider: 'acme' })],
              }),
            ],
          }),
        ),
        {
          scopeValues: new Map([
            ['team', values],
            ['env', 'any' as const],
          ]),
        },
      ),
      'digest',
    );

  const outcomesOf = (
    bundle: ReturnType<typeof bundleFor>,
    ...scopes: readonly Readonly<Record<string, string>>[]
  ) =>
    scopes.map((each) => {
      const { outcome, block } = decide(
        bundle,
        offering(['a'], { scope: new Map(Object.entries(each)) }),
        NOW_MS,
      );
      return block?.code ?? outcome;
    });

  it('holds for the empty value, after one that nothing names was seen', () => {
    expect(outcomesOf(bundleFor('', 'any'), { team: 'other' }, { team: '' })).toEqual([
      'allow',
      'provider_not_allowed',
    ]);
  });

  it('holds for the empty value, after one that does not exist was seen', () => {
    expect(outcomesOf(bundleFor('', ['']), { team: 'alien' }, { team: '' })).toEqual([
      'unknown_scope',
      'provider_not_allowed',
    ]);
  });

  it('holds whatever values that nothing names were seen before', () => {
    const together = { team: 'x\u0000=prod', env: 'q' };
    const named = { team: 'x', env: 'prod\u0000=q' };
    expect(outcomesOf(bundleFor('x', 'any'), together, named)).toEqual([
      'allow',
      'provider_not_allowed',
    ]);
  });
});

describe('an explanation for a caller that owns its claims', () => {
  it('has one row for each requirement that its claims do not meet', () => {
    const set = setOf(
      file({
        providers: [provider('acme')],
        targets: [target('a')],
        policies: [policy('p', { rules: [REQUIRE_ZDR] })],
      }),
    );
    const own = parts('own', { target: 'a', claims: [claim('zero_data_retention', false)] });
    const { candidates } = explain(
      compileBundle(set, 'digest'),
      offering([own], {}, { caller: OWNER }),
      NOW_MS,
    );
    expect(candidates.flatMap(({ rows }) => rows.map(({ state }) => state))).toEqual(['contrary']);
  });
});

describe('a warn policy where the enforcing ones leave nobody', () => {
  it('gives no way: what it finds wanting stays in the order in which it was found', () => {
    const set = setOf(
      file({
        providers: [provider('acme')],
        targets: [
          target('auto', { model: 'auto', reaches: ['a', 'b'] }),
          target('a'),
          target('b', { claims: [ZDR, claim('zero_data_retention', false)] }),
        ],
        policies: [
          policy('e', { lists: [deny('provider', { provider: 'acme' })] }),
          policy('w', { mode: 'warn', rules: [REQUIRE_ZDR] }),
        ],
      }),
    );
    expect(codesFor(decideOn(set, offering(['auto'])), 'auto')).toEqual([
      'provider_denied',
      'claim_unknown',
      'claim_conflicting',
    ]);
  });
});

describe('what is not said', () => {
  it('is blocked where no policy applies, under the name `default`', () => {
    expect(DEFAULT_SETTINGS).toMatchObject({ name: 'default', whenNoPolicyApplies: 'block' });
  });

  it('is no feature in use, so that a claim for one feature covers the request', () => {
    expect(EMPTY_CONTEXT.features).toEqual([]);
    const set = setOf(
      file({
        providers: [provider('acme')],
        targets: [target('a', { claims: [{ ...ZDR, features: ['store'] }] })],
        policies: [policy('p', { rules: [REQUIRE_ZDR] })],
      }),
    );
    expect(eligibleRefs(decideOn(set, offering(['a'])))).toEqual(['a']);
    expect(eligibleRefs(decideOn(set, offering(['a'], { features: ['batch'] })))).toEqual([]);
  });
});
