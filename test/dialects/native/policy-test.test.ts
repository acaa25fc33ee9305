import type { PolicyCase } from '../../../src/ports/policy-test';
import { document, findingsOf, native, parse } from './support';

/** A document whose only case has the given lines, from line 7 and column 7 on. */
function oneCase(lines: string): string {
  const body = lines.replace(/^(?=.)/gmu, '    ').trimStart();
  return document('PolicyTest', `now: 2026-07-01\ncases:\n  - ${body}`);
}

/** The only case of a document without findings. */
function caseOf(lines: string): PolicyCase {
  const { tests = [], findings } = parse(oneCase(lines));
  expect(findings).toEqual([]);
  const [only] = tests[0]?.cases ?? [];
  if (only === undefined) throw new Error('there is no case');
  return only;
}

describe('a PolicyTest document', () => {
  test('of three cases has twelve lines', () => {
    const text = `apiVersion: ambit/v1
kind: PolicyTest
metadata: { name: chat }
spec:
  now: 2026-07-01
  cases:
    - { name: one, request: { model: a }, eligible: [x], blocked: { y: claim_unknown } }
    - { name: two, request: { model: b }, blocked: { x: request_pin, y: [claim_contrary] } }
    - name: three
      request: { model: c, tenant: acme }
      outcome: block
      block: { code: unknown_model, http_status: 403 }
`;
    const { tests, findings, document: read } = parse(text);
    expect(findings).toEqual([]);
    expect(read).toBeUndefined();
    expect(text.trimEnd().split('\n')).toHaveLength(12);
    expect(tests?.map(({ name, cases }) => [name, cases.map((each) => each.name.value)])).toEqual([
      ['chat', ['one', 'two', 'three']],
    ]);
  });

  test('is found by its kind alone, too', () => {
    expect(native.detects({ name: 'f', text: 'kind: PolicyTest\nspec: {}\n' })).toBe(true);
  });

  test('is meant where a spec without a kind has cases', () => {
    const text = oneCase('name: one\noutcome: allow').replace('kind: PolicyTest', 'kind: Tests');
    expect(findingsOf(text)).toEqual(['2:7-12 unknown_value', '8:16-21 contradiction']);
  });
});

describe('a case', () => {
  test('has the instant of its document, unless it states its own', () => {
    expect(caseOf('name: a\neligible: [x]').nowMs).toBe(Date.UTC(2026, 6, 1));
    const own = caseOf('name: a\nnow: 2026-07-01T10:00:00+02:00\neligible: [x]');
    expect(own.nowMs).toBe(Date.UTC(2026, 6, 1, 8));
  });

  test('has a request that says nothing, unless it says something', () => {
    expect(caseOf('name: a\neligible: [x]').request).toEqual({
      context: {
        scope: new Map(),
        models: [],
        modelIdStyle: 'auto',
        features: [],
        preferences: {},
        attributes: new Map(),
      },
      caller: { rewritesModel: true, ownsClaims: false },
      problems: [],
    });
  });

  test('has every part of a request', () => {
    const { request } = caseOf(`name: a
eligible: [x]
request:
  model: chat
  models: [talk]
  model_id_style: author
  tenant: acme
  scope: { team: search }
  api: responses
  features: [store, tools]
  attributes: { purpose: support }
  caller: { rewrites_model: false, owns_claims: true }
  preferences:
    only: []
    ignore: [a]
    order: [b]
    allow_fallbacks: false
    zero_data_retention: true
    no_training: true
    data_collection: deny
    max_retention_days: 0
    processing_regions: [EU, de]
    quantizations: [fp16]
    max_price: { prompt: 1.5, completion: 2 }
  candidates:
    - acme/chat
    - { ref: own, provider: acme, model: chat, region: DE, endpoint: eu, credential: key, claims: { gdpr: true } }`);
    expect(request).toEqual({
      context: {
        model: 'chat',
        models: ['talk'],
        modelIdStyle: 'author',
        tenant: 'acme',
        scope: new Map([['team', 'search']]),
        api: 'responses',
        features: ['store', 'tools'],
        attributes: new Map([['purpose', 'support']]),
        preferences: {
          only: [],
          ignore: ['a'],
          order: ['b'],
          allowFallbacks: false,
          zeroDataRetention: true,
          noTraining: true,
          dataCollection: 'deny',
          maxRetentionDays: 0,
          processingRegions: ['eu', 'DE'],
          quantizations: ['fp16'],
          maxPrice: { prompt: 1.5, completion: 2 },
        },
      },
      candidates: [
        { ref: 'acme/chat', target: 'acme/chat', claims: [] },
        {
          ref: 'own',
          provider: 'acme',
          model: 'chat',
          region: 'DE',
          endpoint: 'eu',
          credential: 'key',
          claims: [expect.objectContaining({ name: 'gdpr', value: true })],
        },
      ],
      caller: { rewritesModel: false, ownsClaims: true },
      problems: [],
    });
  });

  test('takes what it does not state from the defaults, key by key', () => {
    const text = document(
      'PolicyTest',
      `now: 2026-07-01
defaults: { model: chat, scope: { team: search, floor: third }, candidates: [] }
cases:
  - { name: a, outcome: block, request: { scope: { team: ads } } }`,
    );
    const request = parse(text).tests?.[0]?.cases[0]?.request;
    expect(request?.context.model).toBe('chat');
    expect(request?.context.scope).toEqual(new Map([['team', 'ads']]));
    expect(request?.candidates).toEqual([]);
  });

  test('expects to be allowed where something is eligible, and blocked where nothing is', () => {
    const outcomeOf = (lines: string): string => caseOf(`name: a\n${lines}`).expected.outcome.value;
    expect(outcomeOf('eligible: [x]')).toBe('allow');
    expect(outcomeOf('blocked: { x: claim_unknown }')).toBe('block');
    expect(outcomeOf('eligible: []')).toBe('block');
    expect(outcomeOf('outcome: warn\neligible: [x]')).toBe('warn');
  });

  test('knows a reason by its code, by its parts, and all of them in order', () => {
    const { expected } = caseOf(`name: a
blocked:
  one: claim_unknown
  two: { code: claim_contrary, policy: base, state: contrary }
  all: [claim_unknown, { requirement: gdpr }]`);
    const fieldsOf = (fields: readonly { readonly name: string; readonly value: string }[]) =>
      fields.map(({ name, value }) => `${name}=${value}`);
    expect(
      expected.blocked.map(({ ref, reasons }) => [
        ref.value,
        reasons.kind,
        ...(reasons.kind === 'first' ? [reasons.reason] : reasons.reasons).map(({ fields }) =>
          fieldsOf(fields),
        ),
      ]),
    ).toEqual([
      ['one', 'first', ['code=claim_unknown']],
      ['two', 'first', ['code=claim_contrary', 'policy=base', 'state=contrary']],
      ['all', 'all', ['code=claim_unknown'], ['requirement=gdpr']],
    ]);
  });

  test('knows a body to the letter or as JSON, null included', () => {
    const bodyOf = (body: string) =>
      caseOf(`name: a\noutcome: block\nblock: { body: ${body} }`).expected.block?.[0]?.value;
    expect(bodyOf(`'{"a":1}'`)).toBe('{"a":1}');
    expect(bodyOf('{ a: 1, b: [null, { c: true }] }')).toEqual({ a: 1, b: [null, { c: true }] });
  });
});

const MISTAKES: readonly (readonly [name: string, lines: string, found: readonly string[]])[] = [
  ['a case without a name', 'eligible: [x]', ['7:7-15 missing_key']],
  ['a case that expects nothing', 'name: a\nrequest: { model: m }', ['7:13-14 states_nothing']],
  ['a key that is not known', 'name: a\neligble: [x]\noutcome: block', ['8:7-14 unknown_key']],
  [
    'a key of the request that is not known',
    'name: a\neligible: [x]\nrequest: { modl: m }',
    ['9:18-22 unknown_key'],
  ],
  [
    'an api that there is not',
    'name: a\neligible: [x]\nrequest: { api: chat }',
    ['9:23-27 unknown_value'],
  ],
  ['a code that there is not', 'name: a\nblocked: { x: claim_unknwon }', ['8:21-34 unknown_value']],
  [
    'a code of blocks on a target',
    'name: a\nblocked: { x: no_compliant_provider }',
    ['8:21-42 unknown_value'],
  ],
  [
    'a state that there is not',
    'name: a\nblocked: { x: { state: bad } }',
    ['8:30-33 unknown_value'],
  ],
  ['a reason that says nothing', 'name: a\nblocked: { x: {} }', ['8:18-19 empty_map']],
  ['reasons that are none', 'name: a\nblocked: { x: [] }', ['8:21-23 empty_list']],
  [
    'a ref that is eligible and blocked',
    'name: a\neligible: [x]\nblocked: { x: claim_unknown }',
    ['9:18-19 contradiction'],
  ],
  [
    'a block in which something is eligible',
    'name: a\noutcome: block\neligible: [x]',
    ['8:16-21 contradiction'],
  ],
  ['an outcome without anything eligible', 'name: a\noutcome: warn', ['8:16-20 contradiction']],
  [
    'a block where something is eligible',
    'name: a\neligible: [x]\nblock: { code: unknown_model }',
    ['9:7-12 contradiction'],
  ],
  ['a block that says nothing', 'name: a\noutcome: block\nblock: {}', ['9:7-12 empty_map']],
  [
    'a status that is none',
    'name: a\noutcome: block\nblock: { http_status: 4030 }',
    ['9:29-33 out_of_range'],
  ],
  [
    'a candidate without a name',
    'name: a\neligible: [x]\nrequest: { candidates: [{ provider: p }] }',
    ['9:31-32 missing_key'],
  ],
  [
    'two candidates of one name',
    'name: a\neligible: [x]\nrequest: { candidates: [x, { ref: x, target: y }] }',
    ['9:34-35 duplicate_item'],
  ],
  ['an instant that is none', 'name: a\nnow: tomorrow\neligible: [x]', ['8:12-20 invalid_text']],
  [
    'a body that is a list',
    'name: a\noutcome: block\nblock: { body: [1] }',
    ['9:22-25 wrong_type'],
  ],
];

test.each(MISTAKES)('%s', (_, lines, found) => {
  expect(findingsOf(oneCase(lines))).toEqual(found);
  expect(parse(oneCase(lines))).not.toHaveProperty('tests');
});

test('two cases of one name, no instant anywhere, and no case at all', () => {
  const twins =
    'now: 2026-07-01\ncases:\n  - { name: a, outcome: block }\n  - { name: a, outcome: block }';
  expect(findingsOf(document('PolicyTest', twins))).toEqual(['8:15-16 duplicate_item']);
  const timeless = 'cases:\n  - { name: a, outcome: block }';
  expect(findingsOf(document('PolicyTest', timeless))).toEqual(['6:15-16 missing_key']);
  expect(findingsOf(document('PolicyTest', 'now: 2026-07-01'))).toEqual(['4:1-5 missing_key']);
  expect(findingsOf(document('PolicyTest', 'cases: []'))).toEqual(['5:10-12 empty_list']);
});

describe('the text that names a bundle', () => {
  const policy = document('Policy', 'requirements: { gdpr: true }');
  const tests = oneCase('name: a\noutcome: block');
  const textOf = (text: string) => parse(text).text;

  test('is the whole text where there is no test', () => {
    expect(parse(policy)).not.toHaveProperty('text');
  });

  test('has nothing of tests at the end of the file', () => {
    expect(textOf(`${policy}---\n${tests}`)).toBe(policy);
    expect(textOf(`${policy}---\n${tests}---\n${tests.replace('name: test', 'name: b')}`)).toBe(
      policy,
    );
  });

  test('keeps the lines of tests before other documents, and nothing of what they say', () => {
    const between = textOf(`${tests}---\n${policy}---\n${tests}`);
    expect(between).toBe(`${'\n'.repeat(tests.split('\n').length - 1)}---\n${policy}`);
  });
});
