import { indexIdentities } from '../../../src/core/policy/identity-index';
import { FOLDED, matchesPattern } from '../../../src/core/policy/target-pattern';

const MODELS = [
  'm',
  'a/m',
  'x/a/m',
  'a/m:free',
  'm:free:x',
  'M',
  'n',
  'a/n',
  'a/b:c/d:e/f:g/h:i/j:k/m',
];
const ALL = MODELS.flatMap((model) => ['p', 'q'].map((provider) => ({ provider, model })));
const PATTERNS = ['m', 'a/m', '*/m', '*/a/m', 'm:*', 'a/m:*', '*/m:*', 'a/*', '*', '*m', 'M', 'no'];
const self = (name: string): string => name;

describe('an index of identities', () => {
  it.each([
    ...PATTERNS.map((model) => ({ model })),
    ...PATTERNS.map((model) => ({ model, provider: 'P' })),
    { provider: 'P' },
    { provider: 'no' },
    { region: 'eu' },
  ])('finds all that %j matches', (pattern) => {
    const matches = (each: (typeof ALL)[number]): boolean =>
      matchesPattern(pattern, each, FOLDED, (name) => [name]);
    const found = indexIdentities(ALL, FOLDED)(pattern, self);
    expect(found.map((each) => ALL.findIndex((one) => one === each)).sort()).toEqual(
      expect.arrayContaining(ALL.flatMap((each, index) => (matches(each) ? [index] : []))),
    );
  });

  it('finds little where a model is named', () => {
    const find = indexIdentities(ALL, FOLDED);
    expect(find({ model: 'n' }, self)).toHaveLength(6);
    expect(find({ model: 'no' }, self)).toHaveLength(2);
    expect(find({ model: 'a/*' }, self)).toHaveLength(ALL.length);
  });
});
