import type { PolicySet } from '../../../src/core/model/policy-set';
import { checkSet } from '../../../src/core/policy/check-set';
import {
  allow,
  at,
  deny,
  file,
  policy,
  provider,
  scopeOf,
  setOf,
  target,
  withSettings,
} from '../engine/support/build';

const ACME = provider('acme');

/** What is found, without code and severity, which other tests are about. */
function shown(set: PolicySet) {
  return checkSet(set).map(({ message, help, position, endColumn, related }) => ({
    message,
    help,
    position,
    endColumn,
    ...(related === undefined ? {} : { related }),
  }));
}

/** A word of a file. */
function word(line: number, column: number, endColumn: number) {
  return { file: 'policy.yaml', line, column, endColumn };
}

describe('what is found in all files together', () => {
  it('of a ban: says how to mend it, at the entry', () => {
    const lists = [deny('provider', { provider: 'x' }), allow('model', { model: 'y' })];
    const set = setOf(
      file({ providers: [ACME], targets: [target('t')], policies: [policy('p', { lists })] }),
    );
    expect(shown(set)).toEqual([
      {
        message: 'deny entry `x` matches nothing in the catalog',
        help: 'correct the name, or write `future: true` if it is meant for something not catalogued yet',
        position: at(81),
        endColumn: 2,
      },
      {
        message: 'allow entry `y` matches nothing in the catalog',
        help: 'correct the name, or add the target to a catalog',
        position: at(81),
        endColumn: 2,
      },
    ]);
  });

  it('of allow entries without any catalog: names the one cause, at the first of them', () => {
    const lists = [deny('model', { model: 'z' }), allow('model', { model: 'x' }, { model: 'y' })];
    const found = checkSet(setOf(file({ policies: [policy('p', { lists })] })));
    expect(found).toEqual([
      {
        severity: 'warning',
        code: 'allow_matches_nothing',
        message: 'no file declares a provider or target, so no allow entry matches anything',
        help: 'add the file of the catalog',
        position: at(81),
        endColumn: 2,
      },
      expect.objectContaining({ code: 'deny_matches_nothing' }),
    ]);
  });

  it('of two policies of one name: the second, and where the first is', () => {
    const policies = [policy('p', { position: at(3) }), policy('p', { position: word(9, 5, 6) })];
    expect(shown(setOf(file({ policies })))).toEqual([
      {
        message: 'policy `p` is declared twice',
        help: 'give each policy a name of its own',
        position: word(9, 5, 6),
        endColumn: 6,
        related: [{ position: at(3), message: 'first declared here' }],
      },
    ]);
  });

  it('of two targets of one id: at the id, where the file says where that is', () => {
    const named = target('t', { places: { id: word(4, 7, 8) } });
    const other = (places: object) => target('t', { model: 'n', position: at(44), ...places });
    const expected = {
      message: 'target `t` is declared twice, as different targets',
      help: 'give each target an id of its own',
      endColumn: 2,
      related: [{ position: word(4, 7, 8), message: 'first declared here' }],
    };
    const base = file({ providers: [ACME], targets: [named] });
    expect(shown(setOf(base, file({ targets: [other({})] })))).toEqual([
      { ...expected, position: at(44) },
    ]);
    const places = { places: { id: word(45, 7, 8) } };
    expect(shown(setOf(base, file({ targets: [other(places)] })))).toEqual([
      { ...expected, position: word(45, 7, 8), endColumn: 8 },
    ]);
  });

  it('of a name of two providers: at the name, be it id or alias, and where the other has it', () => {
    const places = { id: word(1, 7, 8), aliases: [word(2, 7, 8), word(2, 10, 11)] };
    const first = provider('a', { aliases: ['x', 'y'], places });
    const found = (other: ReturnType<typeof provider>) =>
      shown(setOf(file({ providers: [first, other] })));
    const help = 'let each name mean one provider';
    expect(found(provider('b', { aliases: ['z', 'y'], position: at(12) }))).toEqual([
      {
        message: '`y` names provider `a` and provider `b`',
        help,
        position: at(12),
        endColumn: 2,
        related: [{ position: word(2, 10, 11), message: 'provider `a` has it here' }],
      },
    ]);
    const second = { id: word(5, 7, 8), aliases: [word(6, 7, 8), word(6, 10, 11)] };
    expect(found(provider('b', { aliases: ['a', 'x'], places: second }))).toEqual([
      expect.objectContaining({
        position: word(6, 7, 8),
        endColumn: 8,
        related: [{ position: word(1, 7, 8), message: 'provider `a` has it here' }],
      }),
      expect.objectContaining({
        position: word(6, 10, 11),
        endColumn: 11,
        related: [{ position: word(2, 7, 8), message: 'provider `a` has it here' }],
      }),
    ]);
    const idOnly = { id: word(5, 7, 8) };
    expect(found(provider('b', { aliases: ['x'], position: at(12), places: idOnly }))).toEqual([
      expect.objectContaining({ position: at(12), endColumn: 2 }),
    ]);
    expect(found(provider('x', { places: second }))).toEqual([
      expect.objectContaining({ position: word(5, 7, 8) }),
    ]);
  });

  it('of names that are not declared: at each name', () => {
    const places = {
      provider: word(2, 1, 2),
      endpoint: word(3, 1, 2),
      credential: word(4, 1, 2),
      reaches: [word(5, 1, 2), word(5, 4, 5)],
    };
    const parts = { provider: 'x', endpoint: 'x', credential: 'x', reaches: ['t', 'x'] };
    const set = setOf(file({ providers: [ACME], targets: [target('t', { ...parts, places })] }));
    expect(shown(set).map(({ message, position }) => ({ message, position }))).toEqual([
      { message: 'provider `x` is not declared in any file', position: places.provider },
      { message: 'endpoint `x` is not declared in any file', position: places.endpoint },
      { message: 'credential `x` is not declared in any file', position: places.credential },
      { message: 'target `x` is not declared in any file', position: places.reaches[1] },
    ]);
    const unplaced = setOf(file({ providers: [ACME], targets: [target('t', parts)] }));
    expect(shown(unplaced).map(({ position }) => position)).toEqual([
      at(40),
      at(40),
      at(40),
      at(40),
    ]);
  });

  it('of an endpoint and of a credential whose provider is not declared: at the provider', () => {
    const places = { provider: word(7, 3, 4) };
    const one = { id: 'e', provider: 'x', claims: [], position: at(6), places };
    const set = setOf(file({ endpoints: [one], credentials: [{ ...one, owner: 'operator' }] }));
    expect(shown(set)).toEqual([
      expect.objectContaining({ position: places.provider, endColumn: 4 }),
      expect.objectContaining({ position: places.provider, endColumn: 4 }),
    ]);
  });

  it('names at most eight that could have been meant', () => {
    const providers = Array.from({ length: 9 }, (_, index) => provider(`p${String(index)}`));
    const [finding] = shown(setOf(file({ providers, targets: [target('t')] })));
    expect(finding?.help).toBe('declare it, or name one of: p0, p1, p2, p3, p4, p5, p6, p7');
  });

  it('of values that the bundle does not declare: at each value, with those that it declares', () => {
    const places = {
      scope: new Map([['team', { key: word(1, 1, 5), values: [word(2, 1, 2), word(2, 4, 5)] }]]),
    };
    const scopeValues = scopeOf({ team: ['core', 'ops'] });
    const found = (more: object) =>
      shown(
        withSettings(
          setOf(file({ policies: [policy('p', { scope: { team: ['core', 'x'] }, ...more })] })),
          { scopeValues },
        ),
      );
    const expected = {
      message: 'policy `p` is for team `x`, which the bundle does not declare',
      help: 'declared are: core, ops',
    };
    expect(found({ places })).toEqual([{ ...expected, position: word(2, 4, 5), endColumn: 5 }]);
    expect(found({})).toEqual([{ ...expected, position: at(50), endColumn: 2 }]);
    const elsewhere = { scope: new Map([['region', { key: at(1), values: [at(2), at(3)] }]]) };
    expect(found({ places: elsewhere })).toEqual([{ ...expected, position: at(50), endColumn: 2 }]);
  });
});
