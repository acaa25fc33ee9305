import { unusableTargets } from '../../../src/core/lint/unusable-targets';
import { viewForLint } from '../../../src/core/lint/lint-view';
import { NOW_MS } from './support';
import { bind, CATALOG, doc, file, markedIn, policy, viewOf } from './support-native';

const BUNDLE = doc('Bundle', 'b', '{ scope_values: { team: [x, y] } }');

function find(...documents: readonly string[]): readonly string[] {
  return unusableTargets(viewOf(file(...documents, CATALOG))).map(({ message }) => message);
}

function forTeam(team: string, rules: string): string {
  return policy(team, `{ scope: { team: ${team} }, ${rules} }`);
}

describe('targets that nothing can use', () => {
  it('are kept out in every scope, for different reasons', () => {
    expect(
      find(
        BUNDLE,
        forTeam('x', 'providers: { allow: [acme] }'),
        forTeam('y', 'requirements: { max_retention_days: 7 }'),
      ),
    ).toEqual([
      'nothing can use target `umbra/a` and 1 more: every scope has a policy that keeps it out',
    ]);
  });

  it.each([
    [
      'a scope lets them in',
      [BUNDLE, forTeam('x', 'providers: { allow: [acme] }'), forTeam('y', 'models: { deny: [c] }')],
      ['nothing can use target `umbra/c`: every scope has a policy that keeps it out'],
    ],
    [
      'a policy for all keeps them out, on purpose',
      [
        BUNDLE,
        policy('all', '{ providers: { allow: [acme] } }'),
        forTeam('x', 'providers: { allow: [acme] }'),
      ],
      [],
    ],
    [
      'a value is declared that no policy names',
      [
        doc('Bundle', 'b', '{ default: allow, scope_values: { team: [x, y, z] } }'),
        forTeam('x', 'providers: { allow: [acme] }'),
        forTeam('y', 'providers: { allow: [acme] }'),
      ],
      [],
    ],
    [
      'a policy only warns',
      [
        BUNDLE,
        forTeam('x', 'providers: { allow: [acme] }'),
        forTeam('y', 'mode: warn, requirements: { max_retention_days: 7 }'),
      ],
      [],
    ],
    ['there are no policies', [BUNDLE], []],
  ])('are judged exactly where %s', (_case, documents, expected) => {
    expect(find(...documents)).toEqual(expected);
  });

  it('count values that no policy names as blocked, unless requests without a policy are allowed', () => {
    const values = '{ scope_values: { team: [x, z] } }';
    const onX = forTeam('x', 'providers: { allow: [acme] }');
    expect(find(doc('Bundle', 'b', values), onX)).toHaveLength(1);
    const allowing = values.replace('{ ', '{ default: allow, ');
    expect(find(doc('Bundle', 'b', allowing), onX)).toEqual([]);
  });

  it('exist only where no policy applies', () => {
    const bundle = doc('Bundle', 'b', '{ scope_values: { team: [x, y] } }');
    const text = file(bundle, forTeam('x', 'requirements: { max_retention_days: 7 }'));
    const binding = new Map([['team', ['y']]]);
    const view = viewForLint(bind({ text }, { text: CATALOG, binding }), NOW_MS);
    const [first, ...others] = unusableTargets(view);
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      message:
        'no policy applies wherever target `acme/a` and 3 more exists, so that nothing can use it',
      help: 'add a policy for that scope, or remove it',
    });
  });

  it('are kept out on purpose by a policy for the only value that there is', () => {
    const bundle = doc('Bundle', 'b', '{ scope_values: { team: [x] } }');
    expect(find(bundle, forTeam('x', 'providers: { allow: [acme] }'))).toEqual([]);
  });

  it('are not spoken of where there are too many scopes to try', () => {
    const many = (key: string): string =>
      `${key}: [${Array.from({ length: 40 }, (_, index) => `v${String(index)}`).join(', ')}]`;
    const bundle = doc('Bundle', 'b', `{ scope_values: { ${many('team')}, ${many('key')} } }`);
    const policies = [
      policy('x', '{ scope: { team: [v0] }, providers: { allow: [acme] } }'),
      policy('y', '{ scope: { key: [v0] }, providers: { allow: [acme] } }'),
    ];
    expect(find(bundle, ...policies)).toEqual([]);
  });

  it('are marked at their id', () => {
    const text = file(
      BUNDLE,
      forTeam('x', 'providers: { allow: [acme] }'),
      forTeam('y', 'providers: { allow: [acme] }'),
      CATALOG,
    );
    const [finding] = unusableTargets(viewOf(text));
    if (finding === undefined) throw new Error('nothing was found');
    expect(markedIn(text, finding)).toBe('umbra/a');
    expect(finding).toMatchObject({
      code: 'unusable_target',
      severity: 'warning',
      related: [{ message: 'policy `x` keeps it out' }, { message: 'policy `y` keeps it out' }],
    });
  });
});
