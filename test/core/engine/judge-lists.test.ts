import type { TargetList } from '../../../src/core/model/policy';
import {
  allow,
  claim,
  deny,
  endpoint,
  file,
  offering,
  parts,
  policy,
  provider,
  setOf,
  target,
  type PolicyParts,
} from './support/build';
import { codesFor, decideOn, eligibleRefs, verdictFor } from './support/decided';

const IDS = ['am', 'an', 'bm', 'bn'];

/** Targets of two providers and two models under the policies. */
function listed(...policies: readonly PolicyParts[]) {
  return decideOn(
    setOf(
      file({
        providers: [provider('acme', { aliases: ['acme-ai'] }), provider('boreal')],
        targets: IDS.map((id) =>
          target(id, {
            provider: id.startsWith('a') ? 'acme' : 'boreal',
            model: id.endsWith('m') ? 'm-1' : 'n-1',
          }),
        ),
        policies: policies.map((parts, index) => policy(`p${String(index)}`, parts)),
      }),
    ),
    offering(IDS),
  );
}

const left = (...lists: readonly TargetList[]): readonly string[] =>
  eligibleRefs(listed({ lists }));

describe('lists', () => {
  it('absent, they restrict nothing', () => {
    expect(left()).toEqual(IDS);
  });

  it('an allow list leaves what one of its entries matches', () => {
    expect(left(allow('provider', { provider: 'acme' }))).toEqual(['am', 'an']);
    expect(left(allow('provider', { provider: 'acme-ai' }))).toEqual(['am', 'an']);
    expect(left(allow('provider', { provider: 'ACME' }))).toEqual([]);
    expect(left(allow('model', { model: 'm-*' }))).toEqual(['am', 'bm']);
    expect(left(allow('model', { model: 'm-1' }, { model: 'n-1' }))).toEqual(IDS);
  });

  it('an allow list that is present and empty allows nothing', () => {
    expect(left(allow('provider'))).toEqual([]);
  });

  it('a deny list takes what one of its entries matches, in any case', () => {
    expect(left(deny('provider', { provider: 'Acme-AI' }))).toEqual(['bm', 'bn']);
    expect(left(deny('model', { model: 'M-*' }))).toEqual(['an', 'bn']);
    expect(left(deny('provider'))).toEqual(IDS);
  });

  it('entries are pairs, never a cross product', () => {
    const pairs = [
      { provider: 'acme', model: 'm-1' },
      { provider: 'boreal', model: 'n-1' },
    ];
    expect(left(allow('model', ...pairs))).toEqual(['am', 'bn']);
    expect(left(deny('model', ...pairs))).toEqual(['an', 'bm']);
  });

  it('of one policy all hold', () => {
    expect(left(allow('provider', { provider: 'acme' }), allow('model', { model: 'm-*' }))).toEqual(
      ['am'],
    );
    expect(left(allow('model', { model: '*' }), deny('provider', { provider: 'acme' }))).toEqual([
      'bm',
      'bn',
    ]);
  });

  it('of several policies intersect and unite', () => {
    const one = { lists: [allow('provider', { provider: 'acme' })] };
    const other = { lists: [allow('provider', { provider: 'boreal' }, { provider: 'acme' })] };
    const third = { lists: [deny('model', { model: 'n-1' })] };
    expect(eligibleRefs(listed(one, other, third))).toEqual(['am']);
    expect(eligibleRefs(listed(third, other, one))).toEqual(['am']);
  });

  it('say which entry or list it was, and where it stands', () => {
    const lists = [
      deny('model', { model: 'x' }, { model: 'N-*' }),
      allow('provider', { provider: 'acme' }),
    ];
    const { reasons } = verdictFor(listed({ lists }), 'bn');
    expect(
      reasons.map(({ code, requirement, state, observed, position }) => [
        code,
        requirement,
        state,
        observed,
        position?.line,
      ]),
    ).toEqual([
      [
        'provider_not_allowed',
        'providers.allow',
        'not_listed',
        'provider `boreal` is not listed',
        80,
      ],
      ['model_denied', 'models.deny', 'denied', 'entry `N-*`', 82],
    ]);
  });

  it('allow comes before deny, provider before model, wide before narrow, and then by id', () => {
    const nothing = (subject: TargetList['subject']) => [
      deny(subject, { provider: '*', model: '*' }, { model: '*' }),
      allow(subject),
    ];
    const decision = listed(
      { lists: [...nothing('model'), ...nothing('provider')], scope: { team: ['core'] } },
      { lists: nothing('provider') },
    );
    expect(verdictFor(decision, 'am').reasons.map((each) => `${each.policy} ${each.code}`)).toEqual(
      [
        'p1 provider_not_allowed',
        'p1 provider_denied',
        'p0 provider_not_allowed',
        'p0 provider_denied',
        'p0 model_not_allowed',
        'p0 model_denied',
      ],
    );
  });

  it('every deny entry matches a gateway that routes on, and an allow list by its own name', () => {
    const gateway = (value: string, list: TargetList) =>
      codesFor(
        decideOn(
          setOf(
            file({
              providers: [provider('acme'), provider('boreal')],
              targets: [target('g', { claims: [claim('nested_gateway', value)] })],
              policies: [policy('p', { lists: [list] })],
            }),
          ),
          offering(['g']),
        ),
        'g',
      );
    expect(gateway('routes_on', deny('provider', { provider: 'boreal' }))).toEqual([
      'provider_denied',
    ]);
    expect(gateway('fallback_off', deny('provider', { provider: 'boreal' }))).toEqual([]);
    expect(gateway('routes_on', deny('provider'))).toEqual([]);
    expect(gateway('routes_on', allow('provider', { provider: 'acme' }))).toEqual([]);
  });

  it('an unknown target is judged by what it names', () => {
    const set = setOf(
      file({
        providers: [provider('acme')],
        policies: [policy('p', { lists: [deny('provider', { provider: 'acme' })] })],
      }),
    );
    const candidate = { ref: 'c', provider: 'acme', model: 'x', claims: [] };
    expect(codesFor(decideOn(set, offering([candidate])), 'c')).toEqual([
      'provider_denied',
      'unknown_target',
    ]);
  });

  it('of one kind are told in the order of the file', () => {
    const lists = [
      deny('provider', { target: 'am' }),
      deny('provider', { provider: 'acme' }),
      deny('provider', { model: 'm-1' }),
    ];
    const { reasons } = verdictFor(listed({ lists }), 'am');
    expect(reasons.map(({ observed }) => observed)).toEqual([
      'entry `am`',
      'entry `acme`',
      'entry `m-1`',
    ]);
  });
});

describe('an endpoint of the catalog', () => {
  it('is banned and allowed by its name, whoever names it', () => {
    const judged = (list: TargetList) => {
      const set = setOf(
        file({
          providers: [provider('acme')],
          endpoints: [endpoint('us', 'acme', { region: 'US' }), endpoint('eu', 'acme')],
          targets: [target('t'), target('at-us', { endpoint: 'us' })],
          policies: [policy('p', { lists: [list] })],
        }),
      );
      const named = parts('named', { target: 't', endpoint: 'us' });
      const decision = decideOn(set, offering(['at-us', named]));
      return ['at-us', 'named'].map((ref) => codesFor(decision, ref).join());
    };
    for (const pattern of [{ endpoint: 'us' }, { region: 'US' }]) {
      expect(judged(deny('provider', pattern))).toEqual(['provider_denied', 'provider_denied']);
      expect(judged(allow('provider', pattern))).toEqual(['', '']);
    }
    for (const pattern of [{ endpoint: 'eu' }, { region: 'DE' }]) {
      expect(judged(deny('provider', pattern))).toEqual(['', '']);
      expect(judged(allow('provider', pattern))).toEqual([
        'provider_not_allowed',
        'provider_not_allowed',
      ]);
    }
  });
});

describe('a candidate at an address that is not the catalog’s, but at the host of one', () => {
  const judged = (list: TargetList, where: string) => {
    const us = { region: 'US', baseUrl: 'https://us.acme.example/v1' };
    const set = setOf(
      file({
        providers: [provider('acme')],
        endpoints: [endpoint('us', 'acme', us), endpoint('eu', 'acme', { region: 'DE' })],
        targets: [target('t'), target('at-us', { endpoint: 'us' })],
        policies: [policy('p', { lists: [list] })],
      }),
    );
    const asked = (id: string) => parts(id, { target: id, endpoint: where });
    const decision = decideOn(set, offering([asked('t'), asked('at-us')]));
    return [codesFor(decision, 't').join(), codesFor(decision, 'at-us').join()];
  };
  const DENIED = 'provider_denied';
  const UNLISTED = 'provider_not_allowed';

  it.each([
    'https://us.acme.example:8443/v1',
    'https://user:key@us.acme.example/v1',
    'https://US.acme.example./v1',
    'https://us.acme.example..:/v1',
    'https://us.acme.exam%70le/v1',
    'https://us.acme.example\\v1',
    'https://us.acme.example?v1',
    'https://us.acme.example#v1',
    'http://us.acme.example',
  ])('%s: is under the bans on that, and under no permission', (where) => {
    expect(judged(deny('provider', { region: 'US' }), where)).toEqual([DENIED, DENIED]);
    expect(judged(deny('provider', { endpoint: 'us' }), where)).toEqual([DENIED, DENIED]);
    expect(judged(deny('provider', { region: 'DE' }), where)).toEqual(['', '']);
    expect(judged(deny('provider', { endpoint: 'eu' }), where)).toEqual(['', '']);
    expect(judged(allow('provider', { region: 'US' }), where)).toEqual([UNLISTED, UNLISTED]);
    expect(judged(allow('provider', { endpoint: 'us' }), where)).toEqual([UNLISTED, UNLISTED]);
  });

  it.each([
    'https://elsewhere.example/us.acme.example',
    'https://elsewhere.example?us.acme.example',
    'https://us.acme.example.evil.example/v1',
    'https://us.acme.example@elsewhere.example/v1',
    'https://us.acme.example:8443x/v1',
    'https://us.acme.exam%ple/v1',
    'x:y://us.acme.example/v1',
  ])('%s: is at another host, and only what is declared there is banned with it', (where) => {
    expect(judged(deny('provider', { region: 'US' }), where)).toEqual(['', DENIED]);
    expect(judged(deny('provider', { endpoint: 'us' }), where)).toEqual(['', DENIED]);
  });

  it('is under no ban on a region where the host’s endpoint names none', () => {
    const plain = endpoint('plain', 'acme', { baseUrl: 'https://acme.example' });
    const deniedAt = (list: TargetList, baseUrl: string, where: string) => {
      const set = setOf(
        file({
          providers: [provider('acme')],
          endpoints: [plain, endpoint('six', 'acme', { baseUrl })],
          targets: [target('t')],
          policies: [policy('p', { lists: [list] })],
        }),
      );
      const asked = parts('t', { target: 't', endpoint: where });
      return codesFor(decideOn(set, offering([asked])), 't').join();
    };
    const six = 'https://[::1]:8443/v1';
    const elsewhere = deny('provider', { region: 'US' });
    expect(deniedAt(elsewhere, six, 'https://acme.example:1')).toBe('');
    expect(deniedAt(deny('provider', { endpoint: 'six' }), six, 'https://[::1]:9443')).toBe(DENIED);
    expect(deniedAt(deny('provider', { endpoint: 'six' }), six, 'https://[::2]:9443')).toBe('');
  });

  it('can be banned by the address itself', () => {
    const where = 'https://elsewhere.example/v1';
    expect(judged(deny('provider', { endpoint: where }), where)).toEqual([DENIED, DENIED]);
  });
});

describe('a candidate of which only the model is known', () => {
  it('is called by nothing, and not by another part', () => {
    const lists = [allow('provider', { provider: 'acme' })];
    const set = setOf(file({ providers: [provider('acme')], policies: [policy('p', { lists })] }));
    const decision = decideOn(set, offering([parts('c', { model: 'x' })]));
    const [reason] = verdictFor(decision, 'c').reasons;
    expect(reason).toMatchObject({ observed: 'target `` is not listed' });
  });
});

describe('a candidate of which only an id is known', () => {
  it('is called by its id, not taken for a provider', () => {
    const set = setOf(
      file({
        providers: [provider('acme')],
        policies: [policy('p', { lists: [allow('provider', { provider: 'acme' })] })],
      }),
    );
    const [reason] = verdictFor(decideOn(set, offering(['acme/typo'])), 'acme/typo').reasons;
    expect(reason).toMatchObject({
      code: 'provider_not_allowed',
      observed: 'target `acme/typo` is not listed',
    });
  });
});

describe('the id of a target that no file declares', () => {
  const codes = (list: TargetList, candidate: Parameters<typeof parts>[1]): readonly string[] => {
    const document = file({
      providers: [provider('open', { models: 'any' })],
      targets: [target('open/declared', { provider: 'open', model: 'known' })],
      policies: [policy('p', { lists: [list] })],
    });
    return codesFor(decideOn(setOf(document), offering([parts('c', candidate)])), 'c');
  };
  const banned = (id: string, candidate: Parameters<typeof parts>[1]): boolean =>
    codes(deny('model', { target: id }), candidate).includes('model_denied');

  it('is that of its provider and model, so that a ban holds for it', () => {
    expect(banned('OPEN/m', { provider: 'open', model: 'm' })).toBe(true);
    expect(banned('open/n', { provider: 'open', model: 'm' })).toBe(false);
  });

  it('lets nothing in that an allow list names by it', () => {
    const list = allow('model', { target: 'open/m' });
    expect(codes(list, { provider: 'open', model: 'm' })).toEqual(['model_not_allowed']);
  });

  it('is none where the provider or the model is not said', () => {
    expect(banned('*', { provider: 'open' })).toBe(false);
    expect(banned('*', { model: 'm' })).toBe(false);
  });

  it('is its own where it has one', () => {
    expect(banned('open/known', { target: 'open/declared' })).toBe(false);
    expect(banned('open/declared', { target: 'open/declared' })).toBe(true);
  });
});
