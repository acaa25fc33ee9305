import { document, findingsOf, parse } from './support';

test('everything that a bundle can say', () => {
  const spec = [
    'revision: 7',
    'default: allow',
    'tenants: [acme, umbra]',
    'scope_values: { team: [a, b], key: any }',
    'include:',
    '  - file: base.yaml',
    '  - { file: packs/acme.yaml, dialect: keeptrusts, scope: { tenant: acme } }',
  ];
  const { bundle, document: read, findings } = parse(document('Bundle', spec.join('\n')));
  expect(findings).toEqual([]);
  expect(read).toMatchObject({ policies: [], providers: [] });
  const at = (line: number, column: number, endColumn: number) => ({
    file: 'policy.yaml',
    line,
    column,
    endColumn,
  });
  expect(bundle).toEqual({
    settings: {
      name: 'test',
      revision: 7,
      whenNoPolicyApplies: 'allow',
      tenants: ['acme', 'umbra'],
      scopeValues: new Map<string, unknown>([
        ['team', ['a', 'b']],
        ['key', 'any'],
      ]),
      places: {
        tenants: [at(7, 13, 17), at(7, 19, 24)],
        scopeValues: new Map([
          ['team', at(8, 19, 23)],
          ['key', at(8, 33, 36)],
        ]),
      },
    },
    includes: [
      { file: 'base.yaml', position: at(10, 13, 22) },
      {
        file: 'packs/acme.yaml',
        dialect: 'keeptrusts',
        scope: new Map([['tenant', ['acme']]]),
        position: at(11, 15, 30),
      },
    ],
    position: at(3, 19, 23),
  });
});

test('a bundle says nothing that it does not state', () => {
  expect(parse(document('Bundle', 'revision: 1')).bundle).toMatchObject({
    settings: { whenNoPolicyApplies: 'block', scopeValues: new Map() },
    includes: [],
  });
  expect(parse(document('Bundle', 'revision: 1')).bundle?.settings).not.toHaveProperty('tenants');
});

const MISTAKES: readonly (readonly [name: string, text: string, found: readonly string[]])[] = [
  ['a revision of zero', document('Bundle', 'revision: 0'), ['5:13-14 out_of_range']],
  ['no tenants', document('Bundle', 'tenants: []'), ['5:12-14 empty_list']],
  ['a tenant twice', document('Bundle', 'tenants: [a, a]'), ['5:16-17 duplicate_item']],
  [
    'tenants under scope',
    document('Bundle', 'scope_values: { tenant: [a] }\ntenants: [a]'),
    ['5:19-25 contradiction'],
  ],
  [
    'the scope of an include that stands too far left',
    document('Bundle', 'include:\n  - file: a.yaml\nscope: { team: a }'),
    ['7:3-8 unknown_key'],
  ],
  [
    'a default that does not exist',
    document('Bundle', 'default: permit'),
    ['5:12-18 unknown_value'],
  ],
  [
    'an include without a file',
    document('Bundle', 'include: [{ dialect: native }]'),
    ['5:13-14 missing_key'],
  ],
  ['an include that is text', document('Bundle', 'include: [a.yaml]'), ['5:13-19 wrong_type']],
  [
    'an include for a tenant that the bundle does not declare',
    document('Bundle', 'tenants: [red]\ninclude: [{ file: a.yaml, scope: { tenant: rde } }]'),
    ['6:46-49 unknown_value'],
  ],
  [
    'an include for a value that the bundle does not declare, in a list',
    document(
      'Bundle',
      'scope_values: { team: [a], key: any }\ninclude: [{ file: f.yaml, scope: { team: [a, b], key: [x] } }]',
    ),
    ['6:48-49 unknown_value'],
  ],
  ['no include', document('Bundle', 'include: []'), ['5:12-14 empty_list']],
  ['an empty spec', document('Bundle', '').replace('spec:', 'spec: {}'), ['4:1-5 empty_map']],
  [
    'a second bundle',
    `${document('Bundle', 'revision: 1')}---\n${document('Bundle', 'revision: 2')}`,
    ['8:7-13 contradiction'],
  ],
];

test.each(MISTAKES)('%s', (_, text, found) => {
  expect(findingsOf(text)).toEqual(found);
});

test('the looser default is not proposed', () => {
  expect(parse(document('Bundle', 'default: alow')).findings[0]?.suggestion).toBeUndefined();
});
