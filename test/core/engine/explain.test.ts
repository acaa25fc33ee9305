import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import { explain } from '../../../src/core/engine/explain';
import type { PolicySet } from '../../../src/core/model/policy-set';
import {
  allow,
  asking,
  at,
  claim,
  deny,
  FAILING,
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

const SET = setOf(
  file({
    providers: [provider('acme'), provider('boreal')],
    targets: [
      target('a', { claims: [ZDR] }),
      target('b', {
        provider: 'boreal',
        claims: [claim('zero_data_retention', false, { position: at(7, 'catalog.yaml') })],
      }),
      target('auto', { model: 'auto', reaches: ['a', 'b'] }),
    ],
    policies: [
      policy('p', { rules: [REQUIRE_ZDR], lists: [allow('provider', { provider: 'acme' })] }),
      policy('s', { mode: 'shadow', rules: [{ kind: 'gdpr' }] }),
      policy('x', { lists: [deny('model', { model: 'other' })] }),
    ],
  }),
);

const explained = (request = offering(['a', 'b']), set: PolicySet = SET) =>
  explain(compileBundle(set, 'digest'), request, NOW_MS);

const statesOf = (ref: string, request = offering([ref])) =>
  explained(request)
    .candidates.filter((each) => each.ref === ref)
    .flatMap(({ rows }) => rows.map((row) => `${row.policy} ${row.requirement} ${row.state}`));

describe('an explanation', () => {
  it('holds the decision itself', () => {
    const bundle = compileBundle(SET, 'digest');
    const request = offering(['a', 'b']);
    expect(explain(bundle, request, NOW_MS).decision).toEqual(decide(bundle, request, NOW_MS));
  });

  it('has a row for every rule of every applicable policy, met or not, shadow ones too', () => {
    expect(statesOf('a')).toEqual([
      'p providers.allow satisfied',
      'p require_zero_data_retention satisfied',
      's gdpr unknown',
      'x models.deny satisfied',
    ]);
    expect(statesOf('b')).toEqual([
      'p providers.allow not_listed',
      'p require_zero_data_retention contrary',
      's gdpr unknown',
      'x models.deny satisfied',
    ]);
  });

  it('says what was expected and found, where both stand, and what would have to change', () => {
    const row = explained()
      .candidates.flatMap(({ rows }) => rows)
      .find(({ state }) => state === 'contrary');
    expect(row).toEqual({
      policy: 'p',
      mode: 'enforce',
      requirement: 'require_zero_data_retention',
      state: 'contrary',
      claim: 'zero_data_retention',
      expected: 'zero_data_retention: true',
      observed: 'zero_data_retention: false',
      help: 'would need zero_data_retention: true',
      position: at(60),
      claimPosition: at(7, 'catalog.yaml'),
    });
  });

  it('has the requirements of a policy in the order of reasons, however the file orders them', () => {
    const rules = [{ kind: 'gdpr' }, { kind: 'iso27001' }, REQUIRE_ZDR] as const;
    const set = setOf(
      file({
        providers: [provider('acme')],
        targets: [target('a')],
        policies: [policy('p', { rules })],
      }),
    );
    const { decision, candidates } = explained(offering(['a']), set);
    const rows = candidates.flatMap((each) => each.rows.map(({ requirement }) => requirement));
    expect(rows).toEqual(['require_zero_data_retention', 'iso27001', 'gdpr']);
    expect(decision.verdicts[0]?.reasons.map(({ requirement }) => requirement)).toEqual(rows);
  });

  it('helps only where something is not met', () => {
    for (const { rows } of explained().candidates)
      for (const { state, help } of rows) expect(help === '').toBe(state === 'satisfied');
  });

  it('has the rows of everything that a candidate stands for', () => {
    expect(statesOf('auto').filter((row) => row.includes('zero'))).toEqual([
      'p require_zero_data_retention unknown',
      'p require_zero_data_retention satisfied',
      'p require_zero_data_retention contrary',
    ]);
  });

  it('of what the catalog lacks has lists and one row a policy', () => {
    expect(statesOf('nowhere')).toEqual([
      'p providers.allow not_listed',
      'p catalog unknown',
      's catalog unknown',
      'x models.deny satisfied',
      'x catalog unknown',
    ]);
  });

  const rowsOf = (ref: string, set: PolicySet = SET) =>
    explained(offering([ref]), set).candidates.flatMap(({ rows }) => rows);

  it('of lists says where the entry stands, or the list, and what would have to change', () => {
    const lists = [
      deny('model', { model: 'm' }),
      allow('model', { model: 'n' }),
      deny('provider', { provider: 'x' }),
      allow('provider', { provider: 'acme' }),
    ];
    const base = { policy: 'p', mode: 'enforce', claim: '' };
    const policies = [policy('p', { lists })];
    const set = setOf(file({ providers: [provider('acme')], targets: [target('a')], policies }));
    const none = 'no entry of the deny list';
    const some = 'an entry of the allow list';
    expect(rowsOf('a', set)).toEqual([
      {
        ...base,
        requirement: 'models.deny',
        state: 'denied',
        expected: none,
        observed: 'entry `m`',
        help: 'remove the entry, if it was vetted',
        position: at(81),
      },
      {
        ...base,
        requirement: 'models.allow',
        state: 'not_listed',
        expected: some,
        observed: 'model `m` is not listed',
        help: 'list it, if it was vetted',
        position: at(80),
      },
      {
        ...base,
        requirement: 'providers.deny',
        state: 'satisfied',
        expected: none,
        observed: none,
        help: '',
        position: at(80),
      },
      {
        ...base,
        requirement: 'providers.allow',
        state: 'satisfied',
        expected: some,
        observed: some,
        help: '',
        position: at(80),
      },
    ]);
  });

  it('of requirements says what would have to change, in whichever way they fail', () => {
    const rules = [{ kind: 'gdpr' }] as const;
    const helpFor = (...claims: readonly ReturnType<typeof claim>[]) => {
      const policies = [policy('p', { rules })];
      const targets = [target('a', { claims })];
      const set = setOf(file({ providers: [provider('acme')], targets, policies }));
      return rowsOf('a', set).map(({ help }) => help);
    };
    expect(helpFor()).toEqual(['declare gdpr: true, if it is true']);
    expect(helpFor(claim('gdpr', false))).toEqual(['would need gdpr: true']);
    expect(helpFor(claim('gdpr', true, { expiresAtMs: NOW_MS }))).toEqual([
      'check the claim again and renew it: gdpr: true',
    ]);
    expect(helpFor(claim('gdpr', true), claim('gdpr', false))).toEqual([
      'make the files that state it agree',
    ]);
    expect(helpFor(claim('gdpr', true))).toEqual(['']);
    expect(helpFor(claim('gdpr', true), claim('nested_gateway', 'routes_on'))).toEqual([
      "switch the gateway's own fallback off and declare nested_gateway: fallback_off, or name what it reaches as targets",
    ]);
  });

  it('that is satisfied shows what was wanted, and that it was found', () => {
    expect(
      rowsOf('a').find(
        ({ state, requirement }) => state === 'satisfied' && requirement.startsWith('require'),
      ),
    ).toEqual({
      policy: 'p',
      mode: 'enforce',
      requirement: 'require_zero_data_retention',
      state: 'satisfied',
      claim: '',
      expected: 'zero_data_retention: true',
      observed: 'zero_data_retention: true',
      help: '',
      position: at(60),
    });
  });

  it('of what is unknown or declared twice says which', () => {
    const row = {
      policy: 'p',
      mode: 'enforce',
      requirement: 'catalog',
      claim: '',
      expected: 'a target that the catalog lists once',
      help: 'list the target in a catalog',
    };
    const set = setOf(
      file({ targets: [target('t')], policies: [policy('p')] }),
      file({ targets: [target('t', { model: 'n' })] }),
    );
    expect(rowsOf('x', set)).toEqual([
      { ...row, state: 'unknown', observed: 'not in the catalog' },
    ]);
    const twice = { ...row, state: 'conflicting', observed: 'declared differently in two files' };
    expect(rowsOf('t', set)).toEqual([twice, twice]);
  });

  it('names the target and the provider of a candidate as far as it stands for one', () => {
    const named = (more: Parameters<typeof parts>[1]) => {
      const [only] = explained(offering([parts('c', more)])).candidates;
      return [only?.ref, only?.target, only?.provider];
    };
    expect(named({ provider: 'boreal', model: 'm' })).toEqual(['c', 'b', 'boreal']);
    expect(named({ provider: 'acme', model: 'x' })).toEqual(['c', '', 'acme']);
    expect(named({ target: 'nowhere' })).toEqual(['c', 'nowhere', '']);
  });

  it('that fails does not hide the decision', () => {
    let readings = 0;
    const request = Object.defineProperty({ ...offering(['a']) }, 'problems', {
      get: () => {
        readings += 1;
        if (readings > 1) throw new Error('a defect');
        return [];
      },
    });
    const { decision, candidates } = explained(request);
    expect([decision.outcome, candidates]).toEqual(['allow', []]);
  });

  it('takes the catalog’s candidates where none are sent', () => {
    const { candidates } = explained(asking({ model: 'm' }));
    expect(candidates.map(({ ref, target: id, provider: name }) => [ref, id, name])).toEqual([
      ['a', 'a', 'acme'],
      ['b', 'b', 'boreal'],
    ]);
  });

  it('of a refused request has no rows', () => {
    const wrong = explained(offering(['a'], {}, { problems: ['wrong'] }));
    expect([wrong.decision.block?.code, wrong.candidates]).toEqual(['invalid_request', []]);
    const foreign = explained(offering(['a']), withSettings(SET, { tenants: ['blue'] }));
    expect([foreign.decision.block?.code, foreign.candidates]).toEqual(['tenant_required', []]);
  });

  it('of rules that fail says so', () => {
    const set = setOf(
      file({
        providers: [provider('acme')],
        targets: [target('a', { claims: [claim('gdpr', true)] })],
        policies: [policy('p', { rules: [FAILING] })],
      }),
    );
    const [row] = explained(offering(['a']), set).candidates.flatMap(({ rows }) => rows);
    expect(row).toMatchObject({
      state: 'error',
      help: 'mend the rule or the claim that fails to evaluate',
    });
  });
});
