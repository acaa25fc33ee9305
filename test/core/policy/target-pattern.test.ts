import {
  EXACT,
  FOLDED,
  matchesPattern,
  type TargetIdentity,
} from '../../../src/core/policy/target-pattern';
import type { TargetPattern } from '../../../src/core/model/policy';

const TARGET: TargetIdentity = {
  id: 'acme-eu',
  provider: 'acme',
  model: 'vendor/m-large',
  region: 'DE',
  endpoint: 'frankfurt',
  credential: 'team-key',
};

const providersOf = (name: string): readonly string[] => [name === 'acme-ai' ? 'acme' : name];

const allows = (pattern: TargetPattern, target = TARGET): boolean =>
  matchesPattern(pattern, target, EXACT, providersOf);
const denies = (pattern: TargetPattern, target = TARGET): boolean =>
  matchesPattern(pattern, target, FOLDED, providersOf);

describe('matchesPattern', () => {
  it('a pattern without parts matches everything', () => {
    expect(allows({})).toBe(true);
    expect(allows({}, {})).toBe(true);
  });

  it.each<[string, TargetPattern]>([
    ['provider', { provider: 'acme' }],
    ['alias', { provider: 'acme-ai' }],
    ['model', { model: 'vendor/m-large' }],
    ['model with a wildcard', { model: 'vendor/*' }],
    ['target', { target: 'acme-eu' }],
    ['target with a wildcard', { target: '*-eu' }],
    ['region', { region: 'DE' }],
    ['endpoint', { endpoint: 'frankfurt' }],
    ['credential', { credential: 'team-key' }],
  ])('%s matches the target, and nothing that lacks the part', (_, pattern) => {
    expect(allows(pattern)).toBe(true);
    expect(denies(pattern)).toBe(true);
    expect(allows(pattern, {})).toBe(false);
    expect(denies(pattern, {})).toBe(false);
  });

  it.each<TargetPattern>([
    { provider: 'acme', model: 'm-small' },
    { provider: 'boreal', model: 'vendor/*' },
    { model: '*', region: 'US' },
    { target: 'acme-eu', credential: 'other-key' },
  ])('%j does not match: every part must', (pattern) => {
    expect(allows(pattern)).toBe(false);
    expect(denies(pattern)).toBe(false);
  });

  it.each<TargetPattern>([
    { provider: 'ACME' },
    { model: 'VENDOR/M-*' },
    { target: 'Acme-EU' },
    { region: 'de' },
    { endpoint: 'Frankfurt' },
    { credential: 'TEAM-KEY' },
  ])('%j bans in any case, and allows only as it is spelt', (pattern) => {
    expect(denies(pattern)).toBe(true);
    expect(allows(pattern)).toBe(false);
  });

  it('wildcards stand for characters only in model and target', () => {
    expect(allows({ provider: 'ac*' })).toBe(false);
    expect(allows({ region: '*' })).toBe(false);
    expect(allows({ credential: '*' })).toBe(false);
  });

  it('where several regions are named, allowing takes all of them and denying one', () => {
    const spread = { ...TARGET, regions: ['DE', 'US'] };
    expect(allows({ region: 'DE' }, spread)).toBe(false);
    expect(denies({ region: 'US' }, spread)).toBe(true);
    expect(allows({ region: 'DE' }, { ...TARGET, regions: ['DE', 'DE'] })).toBe(true);
  });

  it('a denied region denies what lies inside it; an allowed one does not allow it', () => {
    expect(denies({ region: 'eu' })).toBe(true);
    expect(allows({ region: 'eu' })).toBe(false);
    expect(denies({ region: 'global' })).toBe(false);
  });
});
