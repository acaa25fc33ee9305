import {
  holdsValue,
  intersectScopes,
  matchScope,
  scopeValueOf,
} from '../../../src/core/policy/scope-match';
import { context, scopeOf } from '../engine/support/build';

const valuesOf =
  (values: Readonly<Record<string, string>>) =>
  (key: string): string | undefined =>
    values[key];

describe('matchScope', () => {
  it('the empty scope is everybody’s', () => {
    expect(matchScope(scopeOf({}), valuesOf({}))).toBe('counts');
    expect(matchScope(scopeOf({}), valuesOf({ team: 'core' }))).toBe('counts');
  });

  it.each([
    ['one of the values', { team: 'core' }, 'counts'],
    ['another value', { team: 'sales' }, 'no'],
    ['no value', {}, 'restricts'],
    ['the value in another case', { team: 'CORE' }, 'no'],
    ['the empty value', { team: '' }, 'no'],
  ])('%s', (_, values: Readonly<Record<string, string>>, expected) => {
    expect(matchScope(scopeOf({ team: ['core', 'ops'] }), valuesOf(values))).toBe(expected);
  });

  it.each([
    ['both', { team: 'core', environment: 'prod' }, 'counts'],
    ['one missing', { environment: 'prod' }, 'restricts'],
    ['one missing, one different', { environment: 'dev' }, 'no'],
    ['one different, one missing', { team: 'sales' }, 'no'],
    ['one different', { team: 'core', environment: 'dev' }, 'no'],
  ])('of two keys: %s', (_, values: Readonly<Record<string, string>>, expected) => {
    const scope = scopeOf({ team: ['core'], environment: ['prod'] });
    expect(matchScope(scope, valuesOf(values))).toBe(expected);
  });

  it('`any` asks for the key and not for its value', () => {
    expect(matchScope(scopeOf({ team: 'any' }), valuesOf({ team: 'whoever' }))).toBe('counts');
    expect(matchScope(scopeOf({ team: 'any' }), valuesOf({}))).toBe('restricts');
  });
});

describe('scopeValueOf', () => {
  it('the tenant is a key like the others, and only the request’s tenant', () => {
    const scope = new Map([
      ['tenant', 'forged'],
      ['team', 'core'],
    ]);
    expect(scopeValueOf(context({ scope, tenant: 'blue' }), 'tenant')).toBe('blue');
    expect(scopeValueOf(context({ scope }), 'tenant')).toBeUndefined();
    expect(scopeValueOf(context({ scope }), 'team')).toBe('core');
  });
});

describe('holdsValue', () => {
  it('compares in the canonical form', () => {
    expect(holdsValue(['Caf\u00e9'], 'Cafe\u0301')).toBe(true);
    expect(holdsValue(['core'], 'Core')).toBe(false);
    expect(holdsValue([], 'core')).toBe(false);
    expect(holdsValue('any', 'core')).toBe(true);
  });
});

describe('intersectScopes', () => {
  it('keys unite', () => {
    expect(intersectScopes(scopeOf({ team: ['core'] }), scopeOf({ tenant: ['blue'] }))).toEqual(
      scopeOf({ team: ['core'], tenant: ['blue'] }),
    );
  });

  it('values of a common key intersect; nothing in common leaves nobody', () => {
    const team = (values: readonly string[] | 'any') => scopeOf({ team: values });
    expect(intersectScopes(team(['a', 'b']), team(['b', 'c']))).toEqual(team(['b']));
    expect(intersectScopes(team(['a']), team(['c']))).toEqual(team([]));
    expect(intersectScopes(team('any'), team(['c']))).toEqual(team(['c']));
    expect(intersectScopes(team(['a']), team('any'))).toEqual(team(['a']));
    expect(matchScope(team([]), valuesOf({ team: 'a' }))).toBe('no');
  });
});
