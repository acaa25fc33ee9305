import * as fc from 'fast-check';

import { foldKeyLoosely, keepKey, readStrictJson } from '../../src/pep/strict-json';
import type { JsonStrictness } from '../../src/pep/strict-json';

const STRICT: JsonStrictness = { maxDepth: 4, checkedDepth: 4, foldKey: keepKey };

const read = (text: string, more: Partial<JsonStrictness> = {}) =>
  readStrictJson(text, { ...STRICT, ...more });

describe('a JSON text', () => {
  it.each(['', '{', '{"a":1,}', "{'a':1}", '[1]x', '// x\n1', 'NaN', '\uFEFF1', '"\n"', '01'])(
    'is none: %j',
    (text) => {
      expect(read(text)).toEqual({ problem: 'is no JSON' });
    },
  );

  it('is read as every parser reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(read(text, { maxDepth: 64, checkedDepth: 64 })).toEqual({
          value: JSON.parse(text) as unknown,
        });
      }),
    );
  });
});

describe('a key', () => {
  it.each<[string, string]>([
    ['{"a":1,"a":1}', 'a'],
    ['{"a":1,"b":{"a":1},"a":2}', 'a'],
    ['{"a":1 , "\\u0061"\t:\n2}', 'a'],
    ['{"a":[{"b":1,"b":2}]}', 'b'],
    ['[[{"b":1,"b":2}]]', 'b'],
    ['{"":1,"":2}', ''],
    ['{"\\"":1,"\\u0022":2}', '"'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    [`{"${'k'.repeat(99)}":1,"${'k'.repeat(99)}":2}`, 'k'.repeat(64)],
  ])('twice in one object is refused: %s', (text, key) => {
    expect(read(text)).toEqual({ problem: `has the key \`${key}\` twice` });
  });

  it.each([
    '{"a":1,"A":2}',
    '{"a":{"a":1},"b":{"a":1}}',
    '[{"a":1},{"a":2}]',
    '{"a":"a","b":"a"}',
    '{"a":["a","a"]}',
    '{"a":"\\\\","b":"\\",\\"a\\":1"}',
    '{"a":"}","b":"{"}',
  ])('is once in each object of %s', (text) => {
    expect(read(text)).toEqual({ value: JSON.parse(text) as unknown });
  });

  it('is compared as the caller folds it', () => {
    const loosely = { foldKey: foldKeyLoosely };
    for (const other of ['MODEL', 'Model', 'ｍodel', 'mOdEL']) {
      expect(read(`{"model":1,"${other}":2}`, loosely)).toEqual({
        problem: `has the key \`${other}\` twice`,
      });
    }
    // Letters whose upper case is that of others.
    expect(read('{"\u017Ftore":1,"store":2}', loosely)).toHaveProperty('problem');
    expect(read('{"\u212Aey":1,"key":2}', loosely)).toHaveProperty('problem');
    expect(read('{"model":1,"models":2}', loosely)).toHaveProperty('value');
  });

  it('may be there twice below the depth that is checked, where it is content', () => {
    const text = '{"a":{"b":1,"b":2}}';
    expect(read(text, { checkedDepth: 1 })).toHaveProperty('value');
    expect(read(text, { checkedDepth: 2 })).toHaveProperty('problem');
  });

  it('is told with its depth, in order', () => {
    const told: unknown[] = [];
    read('{"a":[{"b":"x"}],"\\u0063":{"d":"e"}}', {
      onKey: (key, depth) => void told.push([key, depth]),
    });
    expect(told).toEqual([
      ['a', 1],
      ['b', 3],
      ['c', 1],
      ['d', 2],
    ]);
  });
});

describe('nesting', () => {
  it.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('is limited: %s', (_, open, close) => {
    const nested = (depth: number): string => `${open.repeat(depth)}1${close.repeat(depth)}`;
    expect(read(nested(4))).toHaveProperty('value');
    expect(read(nested(5))).toEqual({ problem: 'is nested deeper than 4 levels' });
    expect(read(nested(100_000))).toEqual({ problem: 'is nested deeper than 4 levels' });
  });

  it('counts what is open, and not what is closed', () => {
    expect(read('[[],[],[[],[]],{"a":[]},[]]')).toHaveProperty('value');
    expect(read('["[[[[[[", "{{{{{{"]')).toHaveProperty('value');
  });
});
