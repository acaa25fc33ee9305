import { document, findingsOf, native, parse, requirements } from './support';

describe('detection', () => {
  const detects = (text: string): boolean => native.detects({ name: 'f', text });

  test.each([
    'apiVersion: ambit/v1\n',
    '# note\n---\napiVersion: "ambit/v2"\n',
    'apiversion: ambit/v1\n',
    '{"apiVersion": "ambit/v1", "kind": "Policy"}',
    '{\n  "apiVersion": "ambit/v1"\n}',
    'kind: Policy\nspec: {}\n',
    '\uFEFFapiVersion: ambit/v1\n',
    '',
    '# apiVersion: ambit/v1\n',
  ])('%j is native', (text) => {
    expect(detects(text)).toBe(true);
  });

  test.each([
    'pack:\n  name: x\n',
    'apiVersion: v1\nkind: Pod\n',
    '# x\nnote: 1\n',
    'note: "apiVersion: ambit/v1"\n',
    'metadata:\n  kind: Policy\n',
  ])('%j is not', (text) => {
    expect(detects(text)).toBe(false);
  });
});

test('documents of all kinds in one file, in their order', () => {
  const text = [
    document('Catalog', 'targets: [{ provider: p, model: one }]'),
    requirements('gdpr: true'),
    document('Bundle', 'revision: 2'),
    document('Catalog', 'targets: [{ provider: p, model: two }]'),
    document('Policy', 'unrestricted: true'),
  ].join('---\n');
  const { document: read, bundle, findings } = parse(text);
  expect(findings).toEqual([]);
  expect(read?.file).toBe('policy.yaml');
  expect(read?.dialect).toBe('native');
  expect(read?.targets.map(({ id }) => id)).toEqual(['p/one', 'p/two']);
  expect(read?.policies).toHaveLength(2);
  expect(bundle?.settings.revision).toBe(2);
});

test('a file with an error yields no document', () => {
  const text = `${requirements('gdpr: true')}---\n${requirements('gdpr: "true"')}`;
  expect(parse(text)).not.toHaveProperty('document');
  expect(findingsOf(text)).toEqual(['13:11-17 quoted_boolean']);
});

const FRAMES: readonly (readonly [name: string, text: string, found: readonly string[]])[] = [
  ['another version', requirements('gdpr: true').replace('v1', 'v2'), ['1:13-21 unknown_value']],
  [
    'a kind in lower case, and what is wrong below it',
    requirements('gdpr: "true"').replace('Policy', 'policy'),
    ['2:7-13 unknown_value', '6:11-17 quoted_boolean'],
  ],
  [
    'no kind, and what is wrong below it',
    document('Catalog', 'targets: [{ model: m }]').replace('kind: Catalog\n', ''),
    ['1:1-11 missing_key', '4:13-14 missing_key'],
  ],
  ['no name', requirements('gdpr: true').replace('{ name: test }', '{}'), ['3:1-9 missing_key']],
  [
    'a name with a space',
    requirements('gdpr: true').replace('name: test', 'name: my test'),
    ['3:19-26 invalid_text'],
  ],
  [
    'no spec',
    'apiVersion: ambit/v1\nkind: Policy\nmetadata: { name: a }\n',
    ['1:1-11 missing_key'],
  ],
  ['a key too many', `${requirements('gdpr: true')}status: {}\n`, ['7:1-7 unknown_key']],
  ['a spec that is a list', document('Policy', '- gdpr'), ['5:3-9 wrong_type']],
];

test.each(FRAMES)('%s', (_, text, found) => {
  expect(findingsOf(text)).toEqual(found);
});
