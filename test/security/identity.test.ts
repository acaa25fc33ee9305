import { ask, bundleOf, codesOf, eligibleOf, native } from './support/policies';

const NO_TRAINING = native('Policy', 'p', 'requirements: {require_no_training: true}');

describe('what a target reaches is what its visible declarations list', () => {
  const gateway = `providers:
  - id: gw
    claims: {training_opt_out: true}
    targets: [{id: good, model: good}]
  - id: bad
    claims: {training_opt_out: false}
    targets: [{id: bad, model: bad}]`;
  const router = (reaches: string): string =>
    native('Catalog', 'more', `targets: [{id: r, provider: gw, model: auto${reaches}}]`);

  test('a second declaration adds to it', async () => {
    const bundle = await bundleOf({
      'a.yaml': `${native('Catalog', 'a', gateway)}---\n${NO_TRAINING}`,
      'b.yaml': router(', reaches: [good]'),
      'c.yaml': router(', reaches: [bad]'),
    });
    expect(codesOf(ask(bundle, [{ target: 'r' }]))).toEqual(['claim_contrary']);
  });

  test('one that is bound to another tenant adds nothing', async () => {
    const root = native(
      'Bundle',
      'root',
      `tenants: [red, blue]
include:
  - {file: red.yaml, scope: {tenant: red}}
  - {file: blue.yaml, scope: {tenant: blue}}`,
    );
    const bundle = await bundleOf(
      {
        'root.yaml': `${root}---\n${native('Catalog', 'a', gateway)}---\n${NO_TRAINING}`,
        'red.yaml': router(', reaches: [good]'),
        'blue.yaml': router(''),
      },
      ['root.yaml'],
    );
    const of = (tenant: string) => ask(bundle, [{ target: 'r' }], { context: { tenant } });
    expect(of('red').outcome).toBe('allow');
    expect(codesOf(of('blue'))).toEqual(['unknown_target']);
  });
});

describe('a model that is chosen upstream', () => {
  test.each([
    ...[
      'auto',
      'openrouter/auto',
      'auto:online',
      'openrouter/auto:floor',
      'AUTO',
      'auto ',
      'auto/',
    ],
    ...[
      'latest',
      'x-latest',
      'x:latest',
      'x-latest:free',
      'x-latest@eu',
      'auto\u200B',
      '\uFF41uto',
    ],
  ])('%j is one, however it is spelt', async (model) => {
    const bundle = await bundleOf({
      'a.yaml': native(
        'Catalog',
        'a',
        `providers: [{id: gw, models: any, claims: {training_opt_out: true}}]`,
      ),
      'b.yaml': NO_TRAINING,
    });
    expect(codesOf(ask(bundle, [{ provider: 'gw', model }]))).toEqual(['unknown_target']);
    expect(eligibleOf(ask(bundle, [{ provider: 'gw', model: 'auto-tuned' }]))).toEqual(['c0']);
  });
});

describe('a ban', () => {
  const FILES = {
    'a.yaml': native(
      'Catalog',
      'a',
      `providers:
  - id: acme
    models: any
    endpoints:
      - {id: us, region: US, base_url: 'https://us.acme.example/v1'}
      - {id: de, region: DE, base_url: 'https://de.acme.example/v1'}
    targets: [{id: at-us, model: n, endpoint: us}]
  - {id: gw, models: any, claims: {nested_gateway: true}, targets: [{id: g, model: m}]}
  - {id: banned, targets: [{model: x}]}`,
    ),
    'b.yaml': native(
      'Policy',
      'p',
      `models: {deny: [{model: secret-1, future: true}]}
providers: {deny: [banned, {endpoint: us}]}`,
    ),
    'c.yaml': native('Policy', 'q', `providers: {deny: [{provider: acme, region: US}]}`),
  };

  test.each([
    'secret-1',
    'SECRET-1',
    'secret-1 ',
    ' secret-1',
    'sec\u00ADret-1',
    'secret\u200B-1',
    'secret-1\0',
  ])('on a model holds for %j', async (model) => {
    const bundle = await bundleOf(FILES);
    const candidate = { provider: 'acme', model, endpoint: 'de' };
    expect(codesOf(ask(bundle, [candidate]))).toEqual(['model_denied']);
  });

  test('on an endpoint is not escaped by leaving open at which one it is', async () => {
    const bundle = await bundleOf(FILES);
    const codes = codesOf(ask(bundle, [{ provider: 'acme', model: 'n-2' }]));
    expect(new Set(codes)).toEqual(new Set(['provider_denied']));
  });

  test.each([
    'https://us.acme.example/v1',
    'https://US.acme.example:443/v1/',
    'https://user@us.acme.example/v1',
    'https://us.acme.example./v1',
    'https://us.acme.example/v2',
    'https://%75s.acme.example/v1',
    'https://us.acme.example\\@de.acme.example/v1',
  ])('on an endpoint and its region holds for %s', async (endpoint) => {
    const bundle = await bundleOf(FILES);
    const decision = ask(bundle, [{ provider: 'acme', model: 'm', endpoint }]);
    expect(codesOf(decision)).toEqual(['provider_denied', 'provider_denied']);
  });

  test('holds for a target that is declared there, whatever address the candidate names', async () => {
    const bundle = await bundleOf(FILES);
    const decision = ask(bundle, [{ target: 'at-us', endpoint: 'https://proxy.example' }]);
    expect(codesOf(decision)).toEqual(['provider_denied', 'provider_denied']);
  });

  test('does not concern other addresses', async () => {
    const bundle = await bundleOf(FILES);
    const at = (endpoint: string) => ask(bundle, [{ provider: 'acme', model: 'm', endpoint }]);
    expect(at('https://de.acme.example/v1').outcome).toBe('allow');
    expect(at('https://other.example/v1').outcome).toBe('allow');
  });

  test('matches a gateway at an address that is not the catalog’s', async () => {
    const bundle = await bundleOf(FILES);
    const elsewhere = { endpoint: 'https://gateway.example/v1' };
    expect(codesOf(ask(bundle, [{ target: 'g', ...elsewhere }]))).toContain('provider_denied');
    expect(codesOf(ask(bundle, [{ provider: 'gw', model: 'z', ...elsewhere }]))).toContain(
      'provider_denied',
    );
  });
});

test('an address that is not the catalog’s is not in the region of an allow entry', async () => {
  const bundle = await bundleOf({
    'a.yaml': native(
      'Catalog',
      'a',
      `providers:
  - id: acme
    endpoints: [{id: de, region: DE, base_url: 'https://de.acme.example'}]
    targets: [{id: t, model: m, endpoint: de}]`,
    ),
    'b.yaml': native('Policy', 'p', 'providers: {allow: [{provider: acme, region: DE}]}'),
  });
  expect(ask(bundle, [{ target: 't' }]).outcome).toBe('allow');
  expect(codesOf(ask(bundle, [{ target: 't', endpoint: 'https://us.acme.example' }]))).toEqual([
    'provider_not_allowed',
  ]);
});

describe('an alias that only a file of another tenant declares', () => {
  const root = native(
    'Bundle',
    'root',
    `tenants: [red, blue]
include: [{file: blue.yaml, scope: {tenant: blue}}]`,
  );
  const load = () =>
    bundleOf(
      {
        'root.yaml': [
          root,
          native(
            'Catalog',
            'a',
            'providers: [{id: good, targets: [{model: g}]}, {id: evil, targets: [{id: e, model: z}]}]',
          ),
          native('Policy', 'p', 'providers: {allow: [good, trusted]}'),
        ].join('---\n'),
        'blue.yaml': native('Catalog', 'b', 'providers: [{id: evil, aliases: [trusted]}]'),
      },
      ['root.yaml'],
    );

  test.each(['red', 'blue'])('allows nothing by a policy of all, for tenant %s', async (tenant) => {
    const decision = ask(await load(), [{ target: 'e' }], { context: { tenant } });
    expect(codesOf(decision)).toEqual(['provider_not_allowed']);
  });

  test('names nothing in a request of this tenant', async () => {
    const candidate = { provider: 'trusted', model: 'z' };
    const decision = ask(await load(), [candidate], { context: { tenant: 'red' } });
    expect(codesOf(decision)).toContain('unknown_target');
  });
});

test.each(['us.v.m', 'US.v.m', ' us.v.m', '\uFF55s.v.m'])(
  'the region of a cross-region profile counts however it is spelt: %j',
  async (model) => {
    const bundle = await bundleOf({
      'a.yaml': native(
        'Catalog',
        'a',
        'providers: [{id: acme, models: any, claims: {processing_regions: [eu]}}]',
      ),
      'b.yaml': native('Policy', 'p', 'requirements: {processing_regions: [eu]}'),
    });
    expect(codesOf(ask(bundle, [{ provider: 'acme', model }]))).toEqual(['claim_contrary']);
  },
);
