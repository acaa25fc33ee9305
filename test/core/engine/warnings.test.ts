import type { Preferences } from '../../../src/core/model/request';
import { file, offering, policy, provider, REQUIRE_ZDR, setOf, target } from './support/build';
import { decideOn } from './support/decided';

const SET = setOf(
  file({
    providers: [provider('acme', { aliases: ['acme-ai'] })],
    targets: [target('a')],
    policies: [policy('p'), policy('core', { scope: { team: ['core'] } })],
  }),
);

const warned = (preferences: Preferences, scope: readonly (readonly [string, string])[] = []) =>
  decideOn(SET, offering(['a'], { preferences, scope: new Map(scope) })).warnings;

describe('warnings', () => {
  it('there are none where all names mean something', () => {
    expect(warned({ only: ['acme-ai', 'a'], ignore: [], order: ['acme'] })).toEqual([]);
    expect(warned({}, [['team', 'core']])).toEqual([]);
  });

  it('know what is to be ignored in any spelling, and other names in their own', () => {
    expect(warned({ ignore: ['A', 'Acme-AI'] })).toEqual([]);
    expect(warned({ only: ['A'] })).toHaveLength(1);
    expect(warned({ order: ['Acme-AI'] })).toHaveLength(1);
  });

  it('name each preference that names nothing, once', () => {
    const found = warned({ only: ['acme', 'x'], ignore: ['y', 'x'], order: ['z'] });
    expect(new Set(found.map(({ code }) => code))).toEqual(new Set(['unknown_preference_name']));
    expect(found.map(({ message }) => message).sort()).toEqual(
      ['x', 'y', 'z'].map((name) => `preference \`${name}\` names nothing in the catalog`),
    );
  });

  it.each<Preferences>([
    { only: ['acme'], ignore: ['x'] },
    { only: ['acme'], order: ['x'] },
    { ignore: ['x'], order: ['acme'] },
    { only: ['x'] },
    { ignore: ['x'] },
    { order: ['x'] },
  ])('come with whichever preference names nothing: %j', (preferences) => {
    expect(warned(preferences)).toEqual([
      {
        code: 'unknown_preference_name',
        message: 'preference `x` names nothing in the catalog',
      },
    ]);
  });

  it('name scope keys that nothing looks at', () => {
    expect(warned({}, [['floor', '7']])).toEqual([
      { code: 'unused_scope_key', message: 'scope key `floor` is named by no policy' },
    ]);
  });

  it('come with blocks too', () => {
    const decision = decideOn(SET, offering(['a'], { preferences: { only: ['nobody'] } }));
    expect(decision.outcome).toBe('block');
    expect(decision.warnings).toHaveLength(1);
  });

  it('repeat no more of a name than shows which one it is', () => {
    const [warning] = warned({ order: ['x'.repeat(10_000)] });
    expect(warning?.message.length).toBeLessThan(200);
    const [ofScope] = warned({}, [['x'.repeat(10_000), '7']]);
    expect(ofScope?.message).toBe(`scope key \`${'x'.repeat(128)}\` is named by no policy`);
  });

  it('tell of each warn policy that gave way', () => {
    const rules = [REQUIRE_ZDR];
    const set = setOf(
      file({
        providers: [provider('acme')],
        targets: [target('a')],
        policies: [policy('w', { mode: 'warn', rules }), policy('v', { mode: 'warn' })],
      }),
    );
    const { warnings } = decideOn(set, offering(['a']));
    expect(warnings.map(({ code }) => code)).toEqual(['warn_policy_gave_way']);
    expect(warnings[0]?.message).toContain('`w`');
  });
});
