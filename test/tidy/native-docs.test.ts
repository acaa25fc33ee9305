import { MAX_EXPRESSION_CHARS } from '../../src/dialects/expression/cel-limits';
import { APIS, FEATURES } from '../../src/core/model/api';
import { BLOCK_STATUSES } from '../../src/core/model/policy';
import {
  MAX_DEPTH,
  MAX_DOCUMENTS,
  MAX_FILE_BYTES,
  MAX_FINDINGS,
  MAX_TEXT_CHARS,
  MAX_TOKENS,
  MAX_WORDS,
} from '../../src/dialects/yaml/limits';
import { knownKeys } from '../dialects/native/known-keys';
import { parse, requirements } from '../dialects/native/support';
import { tableRows, textOf } from './support/project-files';

const PAGE = textOf('docs/native-files.md');

/** The keys that each chapter's tables name, as `Policy spec.mode`. */
function documentedKeys(): readonly string[] {
  return PAGE.split(/^## /mu).flatMap((chapter) => {
    const [title = ''] = chapter.split('\n');
    return tableRows(chapter)
      .map(([key = '']) => key)
      .filter((key) => /^[a-z][A-Za-z0-9_.]*$/u.test(key))
      .map((key) => `${title} ${key}`);
  });
}

test('the page has every key that the decoder knows, once, and no other', () => {
  expect(documentedKeys().toSorted()).toEqual([...knownKeys().known].toSorted());
});

const EXAMPLES = tableRows(PAGE)
  .filter(([key, , example]) => key?.startsWith('spec.requirements.') === true && example !== '')
  .map(([key = '', , example = '']) => ({ key: key.replace('spec.requirements.', ''), example }));

test.each(EXAMPLES)('the example of $key is read, and holds the key', ({ key, example }) => {
  const text = example.startsWith('{')
    ? requirements('').replace(/requirements:\s*$/u, `requirements: ${example}\n`)
    : requirements(example);
  expect(parse(text).findings).toEqual([]);
  for (const part of key.split('.')) expect(example).toContain(`${part}:`);
});

test('every requirement has an example', () => {
  const known = [...knownKeys().known].filter((key) => key.startsWith('Policy spec.requirements.'));
  expect(EXAMPLES).toHaveLength(known.length);
});

test('limits and closed lists are those of the code', () => {
  const limits = [
    [MAX_FILE_BYTES, 'bytes'],
    [MAX_WORDS, ''],
    [MAX_TOKENS, ''],
    [MAX_DOCUMENTS, ''],
    [MAX_DEPTH, 'levels'],
    [MAX_TEXT_CHARS, 'characters'],
    [MAX_FINDINGS, ''],
    [MAX_EXPRESSION_CHARS, 'characters'],
  ] as const;
  const cells = tableRows(PAGE).map(([, limit]) => limit);
  for (const [limit, unit] of limits) expect(cells).toContain(`${String(limit)} ${unit}`.trim());
  for (const word of [...APIS, ...FEATURES]) expect(PAGE).toContain(`\`${word}\``);
  expect(cells).toContain(BLOCK_STATUSES.join(', '));
});
