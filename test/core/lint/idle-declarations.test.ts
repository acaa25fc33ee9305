import { idleScopes } from '../../../src/core/lint/idle-scopes';
import { unusedDeclarations } from '../../../src/core/lint/unused-declarations';
import { doc, file, markedIn, policy, viewOf } from './support-native';

function marks(text: string, find: typeof idleScopes): readonly string[] {
  return find(viewOf(text)).map((finding) => `${finding.code}: ${markedIn(text, finding)}`);
}

describe('declarations that nothing uses', () => {
  const unused = (providers: string): readonly string[] =>
    marks(doc('Catalog', 'c', `{ providers: [${providers}] }`), unusedDeclarations);
  const endpoints = 'endpoints: [{ id: e1 }, { id: "e2" }]';

  it.each([
    ['{ id: "p" }', ['unused_provider: "p"']],
    ['{ id: p, models: any }', []],
    ['{ id: p, targets: [{ model: m }] }', []],
    [`{ id: p, ${endpoints}, targets: [{ model: m, endpoint: e1 }] }`, ['unused_endpoint: "e2"']],
    [`{ id: p, ${endpoints}, targets: [{ model: m }, { model: n, endpoint: e1 }] }`, []],
    [`{ id: p, models: any, ${endpoints}, targets: [{ model: m, endpoint: e1 }] }`, []],
    [`{ id: p, ${endpoints} }`, ['unused_provider: p']],
    ['{ id: p, credentials: [{ id: k, owner: operator }], targets: [{ model: m }] }', []],
  ])('%s', (providers, expected) => {
    expect(unused(providers)).toEqual(expected);
  });

  it('are used by targets apart, by any name of the provider', () => {
    const apart = '{ providers: [{ id: p, aliases: [q] }], targets: [{ provider: q, model: m }] }';
    expect(marks(doc('Catalog', 'c', apart), unusedDeclarations)).toEqual([]);
  });

  it('say what to do', () => {
    const text = doc('Catalog', 'c', '{ providers: [{ id: p }] }');
    expect(unusedDeclarations(viewOf(text))).toMatchObject([
      {
        severity: 'info',
        message: 'provider `p` has no target',
        help: expect.stringContaining('models: any') as string,
      },
    ]);
  });
});

describe('scopes', () => {
  const scoped = (bundle: string, ...scopes: readonly string[]): readonly string[] => {
    const policies = scopes.map((scope, index) =>
      policy(`p${String(index)}`, `{ scope: { ${scope} }, requirements: { gdpr: true } }`),
    );
    return marks(file(doc('Bundle', 'b', bundle), ...policies), idleScopes);
  };

  it.each([
    ['{ scope_values: { team: [a, b], "key": any } }', ['team: a'], ['unused_scope_key: "key"']],
    ['{ scope_values: { team: [a, b] } }', ['team: a'], []],
    ['{ scope_values: { team: [a, b] } }', ['team: any'], []],
    [
      '{ scope_values: { team: [a] } }',
      ['team: a, environment: prod', 'environment: test'],
      ['undeclared_scope_key: environment'],
    ],
    ['{ scope_values: { team: [a] } }', ['team: a, environment: any', 'environment: test'], []],
    ['{ scope_values: { team: [a] } }', ['team: a', 'tenant: t'], ['undeclared_scope_key: tenant']],
    ['{ tenants: [t, "u"] }', ['tenant: t'], ['tenant_without_policy: "u"']],
    ['{ tenants: [t, u] }', ['tenant: [t, u]'], []],
    ['{ tenants: [t, u] }', ['tenant: any'], []],
    ['{ default: block }', ['team: a'], []],
  ])('%s with %p', (bundle, scopes, expected) => {
    expect(scoped(bundle, ...scopes)).toEqual(expected);
  });

  it('say what to do', () => {
    const text = file(
      doc('Bundle', 'b', '{ tenants: [t, u], scope_values: { key: [k] } }'),
      policy('p', '{ scope: { tenant: t, team: a }, requirements: { gdpr: true } }'),
    );
    const found = idleScopes(viewOf(text));
    expect(found.map(({ code }) => code)).toEqual([
      'unused_scope_key',
      'undeclared_scope_key',
      'tenant_without_policy',
    ]);
    expect(found.map(({ severity }) => severity)).toEqual(['info', 'warning', 'info']);
    expect(found.every(({ help }) => help !== undefined && help !== '')).toBe(true);
  });
});
