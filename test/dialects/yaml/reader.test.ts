import type { Finding } from '../../../src/core/model/finding';
import { readYaml } from '../../../src/dialects/yaml/read-yaml';
import type { MapReader } from '../../../src/dialects/yaml/reader';
import { applySuggestion, placesAndCodes } from '../support/findings';

function read<T>(
  text: string,
  from: (map: MapReader) => T,
): { value: T | undefined; findings: readonly Finding[] } {
  const { documents, report } = readYaml({ name: 'f', text });
  const map = documents[0]?.map();
  return { value: map === undefined ? undefined : from(map), findings: report.findings() };
}

describe('true and false', () => {
  const boolean = (text: string): ReturnType<typeof read> =>
    read(text, (map) => map.boolean('k')?.value);

  test.each([
    ['true', true],
    ['false', false],
    ['TRUE', true],
    ['False', false],
  ])('%s is %s', (word, value) => {
    expect(boolean(`k: ${word}`)).toEqual({ value, findings: [] });
  });

  test.each([
    ['"true"', 'quoted_boolean', 'k: true'],
    ["'false'", 'quoted_boolean', 'k: false'],
    ['yes', 'yaml_1_1_boolean', 'k: true'],
    ['Off', 'yaml_1_1_boolean', 'k: false'],
    ['n', 'yaml_1_1_boolean', 'k: false'],
    ['"yes"', 'wrong_type', undefined],
    ['1', 'wrong_type', undefined],
    ['tru', 'wrong_type', undefined],
    ['[true]', 'wrong_type', undefined],
    ['{}', 'wrong_type', undefined],
    ['', 'null_value', undefined],
    ['~', 'null_value', undefined],
    ['null', 'null_value', undefined],
  ])('%s is %s', (word, code, corrected) => {
    const text = `k: ${word}`;
    const { value, findings } = boolean(text);
    expect(value).toBeUndefined();
    expect(findings).toMatchObject([{ code }]);
    expect(findings[0] && applySuggestion(text, findings[0])).toBe(corrected);
    expect(findings[0]?.help).toBeTruthy();
  });
});

describe('numbers', () => {
  const whole = (text: string): ReturnType<typeof read> =>
    read(text, (map) => map.integer('k', { max: 100 })?.value);

  test.each([
    ['0', 0],
    ['-0', 0],
    ['+7', 7],
    ['1e2', 100],
    ['5.0', 5],
  ])('%s is %d', (word, value) => {
    expect(whole(`k: ${word}`)).toEqual({ value, findings: [] });
  });

  test.each([
    ['"0"', 'quoted_number', 'k: 0'],
    ['O', 'wrong_type', undefined],
    ['"O"', 'wrong_type', undefined],
    ['-1', 'negative_number', undefined],
    ['0.5', 'fractional_number', undefined],
    ['101', 'out_of_range', undefined],
    ['1e-400', 'out_of_range', undefined],
    ['30.000000000000000001', 'out_of_range', undefined],
    ['1e400', 'out_of_range', undefined],
    ['.inf', 'wrong_type', undefined],
    ['.nan', 'wrong_type', undefined],
    ['0x10', 'wrong_type', undefined],
    ['0o17', 'wrong_type', undefined],
    ['010', 'wrong_type', undefined],
    ['1_000', 'wrong_type', undefined],
    ['30d', 'wrong_type', undefined],
    ['true', 'wrong_type', undefined],
    ['', 'null_value', undefined],
  ])('%s is %s and never answered with another number', (word, code, corrected) => {
    const text = `k: ${word}`;
    const { value, findings } = whole(text);
    expect(value).toBeUndefined();
    expect(findings).toMatchObject([{ code }]);
    expect(findings[0] && applySuggestion(text, findings[0])).toBe(corrected);
  });
});

describe('text', () => {
  const text = (file: string): ReturnType<typeof read> =>
    read(
      file,
      (map) => map.text('k', { pattern: /^[a-z0-9. ]+$/u, form: 'lower case', maxChars: 9 })?.value,
    );

  test.each([
    ['no', 'no'],
    ['"1.0"', '1.0'],
    ['two words', 'two words'],
    ['|\n  block\n', 'block\n'],
  ])('%j is %j', (word, value) => {
    const { findings } = text(`k: ${word}`);
    if (value.endsWith('\n')) expect(findings).toMatchObject([{ code: 'invalid_text' }]);
    else expect(text(`k: ${word}`)).toEqual({ value, findings: [] });
  });

  test.each([
    ['1.0', 'wrong_type', 'k: "1.0"'],
    ['true', 'wrong_type', 'k: "true"'],
    ['""', 'empty_text', undefined],
    ['" "', 'empty_text', undefined],
    ['" a"', 'invalid_text', undefined],
    ['Upper', 'invalid_text', undefined],
    ['aaaaaaaaaa', 'invalid_text', undefined],
    ['"a\\u200Bb"', 'invalid_text', undefined],
    ['"a\\0b"', 'invalid_text', undefined],
    ['"a\\u202Eb"', 'invalid_text', undefined],
    ['[a]', 'wrong_type', undefined],
    ['', 'null_value', undefined],
  ])('%s is %s', (word, code, corrected) => {
    const file = `k: ${word}`;
    const { value, findings } = text(file);
    expect(value).toBeUndefined();
    expect(findings).toMatchObject([{ code }]);
    expect(findings[0] && applySuggestion(file, findings[0])).toBe(corrected);
  });
});

describe('choices', () => {
  const choice = (file: string): ReturnType<typeof read> =>
    read(file, (map) => map.choice('k', ['enforce', 'shadow'], { proposed: ['enforce'] })?.value);

  test('a known word', () => {
    expect(choice('k: shadow')).toEqual({ value: 'shadow', findings: [] });
  });

  test('a misspelt word is answered with the allowed ones, and with the nearest that may be proposed', () => {
    const [finding] = choice('k: enforec').findings;
    expect(finding).toMatchObject({
      code: 'unknown_value',
      message: '`k` must be one of `enforce`, `shadow`, and this is `enforec`',
      help: 'write `k: enforce`',
    });
  });

  test('of many words only the nearest is shown where there is one', () => {
    const words = 'alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike';
    const message = (word: string): string | undefined =>
      read(`k: ${word}`, (map) => map.choice('k', words.split(' '))).findings[0]?.message;
    expect(message('charly')).toBe('`k` must be one of 13 words, and this is `charly`');
    expect(message('xyz')).toContain('`juliett`, `kilo`');
  });

  test('a word that lets more through is never proposed', () => {
    expect(choice('k: shadw').findings[0]?.suggestion).toBeUndefined();
  });
});

describe('lists', () => {
  const list = (file: string): ReturnType<typeof read> =>
    read(file, (map) =>
      map.texts('k', { fold: (text) => text.toLowerCase() })?.value.map((item) => item.value),
    );

  test('texts in order', () => {
    expect(list('k:\n  - b\n  - a\n')).toEqual({ value: ['b', 'a'], findings: [] });
  });

  test.each([
    ['k: []', ['1:4-6 empty_list']],
    ['k: [a, b, A]', ['1:11-12 duplicate_item']],
    [
      'k: [a, 1, "", null, [x]]',
      ['1:8-9 wrong_type', '1:11-13 empty_text', '1:15-19 null_value', '1:21-24 wrong_type'],
    ],
    ['k: {a: b}', ['1:4-5 wrong_type']],
  ])('%s', (file, found) => {
    expect(placesAndCodes(list(file).findings)).toEqual(found);
  });

  test('one text is answered with a list of it', () => {
    const [finding] = list('k: eu # all').findings;
    expect(finding).toMatchObject({ code: 'wrong_type', help: 'write `k: [eu]`' });
    expect(finding && applySuggestion('k: eu # all', finding)).toBe('k: [eu] # all');
  });

  test('a dialect may give an empty list a meaning', () => {
    expect(read('k: []', (map) => map.texts('k', { mayBeEmpty: true })?.value)).toEqual({
      value: [],
      findings: [],
    });
  });
});

describe('keys', () => {
  test('the nearest known key that is absent is proposed, with the corrected line', () => {
    const text = 'spec:\n  max_retention_day: 0 # none\n  region: eu\n  colour: red\n';
    const { findings } = read(text, (root) => {
      const map = root.map('spec');
      map?.integer('max_retention_days');
      map?.text('region');
      map?.close();
    });
    expect(findings).toMatchObject([
      {
        code: 'unknown_key',
        message: 'the key `max_retention_day` is not known in `spec`',
        help: 'did you mean `max_retention_days`; write `max_retention_days: 0`',
        position: { line: 2, column: 3 },
        endColumn: 20,
      },
      { code: 'unknown_key', help: 'known keys are `max_retention_days`', position: { line: 4 } },
    ]);
  });

  test('a key that must be there is reported at the key that holds it', () => {
    const { findings } = read('spec:\n  a: 1\n', (root) => root.map('spec')?.required('name'));
    expect(findings).toMatchObject([
      {
        code: 'missing_key',
        message: 'the key `name` is missing in `spec`',
        position: { line: 1, column: 1 },
        endColumn: 5,
      },
    ]);
  });

  test('keys of the language itself are ordinary keys', () => {
    const text = '__proto__: 1\nconstructor: 2\ntoString: 3\n';
    const { findings } = read(text, (map) => {
      map.integer('toString');
      map.close();
    });
    expect(placesAndCodes(findings)).toEqual(['1:1-10 unknown_key', '2:1-12 unknown_key']);
  });

  test('a line that may hold a secret is not repeated', () => {
    const { findings } = read('api_kye: hunter2\n', (map) => {
      map.text('api_key');
      map.close();
    });
    expect(JSON.stringify(findings)).not.toContain('hunter2');
    expect(findings).toHaveLength(1);
  });

  test('nor is one on which a secret stands behind the word', () => {
    const { findings } = read('{ mode: wran, api_key: hunter2 }\n', (map) => {
      map.choice('mode', ['warn']);
      map.value('api_key');
      map.close();
    });
    expect(findings).toMatchObject([{ code: 'unknown_value', help: 'write `warn`' }]);
  });
});
