import type { ClaimName, ClaimValue } from '../../../src/core/model/claim';
import type { ExpressionResult } from '../../../src/core/model/requirement';
import { compileCel } from '../../../src/dialects/expression/cel-compiler';
import {
  MAX_EXPRESSION_CHARS,
  MAX_INPUT_CHARS,
  MAX_INPUT_ITEMS,
} from '../../../src/dialects/expression/cel-limits';

type Claims = Partial<Record<ClaimName, ClaimValue>>;

function evaluate(
  text: string,
  claims: Claims = {},
  attributes: Record<string, string> = {},
): ExpressionResult {
  const compiled = compileCel(text);
  if ('error' in compiled) throw new Error(compiled.error);
  const entries = Object.entries(claims) as [ClaimName, ClaimValue][];
  return compiled.program({
    claims: new Map(entries),
    attributes: new Map(Object.entries(attributes)),
  });
}

const CASES: readonly (readonly [
  text: string,
  claims: Claims,
  attributes: Record<string, string>,
  holds: boolean,
])[] = [
  ['claims.zero_data_retention', { zero_data_retention: true }, {}, true],
  ['claims.zero_data_retention == true', { zero_data_retention: false }, {}, false],
  ['!claims.prompt_logging', { prompt_logging: false }, {}, true],
  ['claims.retention_days <= 30', { retention_days: 30 }, {}, true],
  ['claims.retention_days <= 30', { retention_days: 31 }, {}, false],
  ['claims.retention_days + 1 <= 30', { retention_days: 29 }, {}, true],
  ['claims.retention_days == 0.0', { retention_days: 0 }, {}, true],
  ['claims.price_prompt <= 2', { price_prompt: 2 }, {}, true],
  ['claims.price_prompt <= 2', { price_prompt: 2.5 }, {}, false],
  ['claims["certification:hipaa_baa"]', { 'certification:hipaa_baa': true }, {}, true],
  ['claims["label:tier"] in ["gold", "silver"]', { 'label:tier': 'bronze' }, {}, false],
  ['has(claims.soc2) && claims.soc2 == "type2"', { soc2: 'type2' }, {}, true],
  [
    'claims.processing_regions.all(r, r in ["DE", "FR"])',
    { processing_regions: ['DE', 'US'] },
    {},
    false,
  ],
  [
    'claims.processing_regions.exists(r, r == "US")',
    { processing_regions: ['DE', 'US'] },
    {},
    true,
  ],
  ['claims.headquarters.exists_one(c, c == "US")', { headquarters: ['US', 'DE'] }, {}, true],
  ['size(claims.processing_regions) == 1', { processing_regions: ['DE'] }, {}, true],
  [
    'attributes.data_class == "public" || claims.gdpr',
    { gdpr: false },
    { data_class: 'public' },
    true,
  ],
  [
    'attributes["data-class"].startsWith("p") ? claims.gdpr : false',
    { gdpr: true },
    { 'data-class': 'pii' },
    true,
  ],
  ['has(attributes.region)', {}, {}, false],
  ['int(attributes.level) >= 3', {}, { level: '4' }, true],
];

test.each(CASES)('%s', (text, claims, attributes, holds) => {
  expect(evaluate(text, claims, attributes)).toEqual({ holds });
});

const ERRORS: readonly (readonly [text: string, claims: Claims])[] = [
  ['claims.gdpr', {}],
  ['claims.gdpr', { gdpr: 'true' }],
  ['claims.retention_days', { retention_days: 3 }],
  ['attributes.missing == "x"', {}],
  ['!(attributes.missing == "x")', {}],
  ['claims.retention_days / 0 == 1', { retention_days: 3 }],
  ['claims.gdpr + 1 == 2', { gdpr: true }],
  ['claims.gdpr.all(x, true)', { gdpr: true }],
  ['int("x") == 1', {}],
  ['claims.gdpr ? 1 : true', { gdpr: true }],
  ['true == claims.gdpr.deeper', { gdpr: true }],
];

test.each(ERRORS)('`%s` fails, and a failure is no verdict', (text, claims) => {
  expect(evaluate(text, claims)).toEqual({
    error: expect.stringMatching(/^the expression /u) as string,
  });
});

test.each([
  ['claims.gdpr && claims.soc2 == "type2"', ['gdpr', 'soc2']],
  ['has(claims.gdpr)', ['gdpr']],
  ['!has(claims.gdpr) || claims["certification:x"]', ['gdpr', 'certification:x']],
  ['attributes.x == "1" ? claims.iso27001 : claims.iso27001', ['iso27001']],
  ['[1].all(x, claims.gdpr)', ['gdpr']],
  [
    'claims.processing_regions.all(r, r in claims.storage_regions)',
    ['processing_regions', 'storage_regions'],
  ],
  ['attributes.x == "1"', []],
])('%s names %j', (text, claims) => {
  expect(compileCel(text)).toMatchObject({ claims });
});

const REJECTED: readonly (readonly [text: string, offset: number, error: RegExp])[] = [
  ['claims.zdr', 6, /`zdr` is no claim; claims are /u],
  ['claims.zero_data_retension', 6, /write `claims\.zero_data_retention`/u],
  ['has(claims.zdr)', 10, /`zdr` is no claim/u],
  ['claims["zdr"]', 6, /`zdr` is no claim/u],
  ['claims[attributes.x]', 0, /claims are read one by one/u],
  ['claims["a" + "b"]', 0, /claims are read one by one/u],
  ['claims == {}', 0, /claims are read one by one/u],
  ['"gdpr" in claims', 10, /claims are read one by one/u],
  ['claims.all(k, true)', 0, /claims are read one by one/u],
  ['[claims].all(c, c.zdr)', 1, /claims are read one by one/u],
  ['[{"gdpr": true}].all(claims, claims.gdpr)', 20, /`claims` names something else/u],
  ['["x"].all(attributes, true)', 9, /`attributes` names something else/u],
  ['x == 1', 0, /`x` is not known/u],
  ['[1].all(x, true) && x == 1', 20, /`x` is not known/u],
  ['f(1)', 1, /the function `f` is not known/u],
  ['"a".matches("(a+)+$")', 11, /the function `matches` is not known/u],
  ['timestamp("2026-01-01T00:00:00Z") == timestamp("2026-01-01T00:00:00Z")', 9, /not known/u],
  ['[1].map(x, x) == [1]', 7, /`map` and `filter` are not known/u],
  ['google.protobuf.Value{} == 1', 21, /messages cannot be made/u],
  ['1', 0, /must come out true or false/u],
  ['"true"', 0, /must come out true or false/u],
  ['size([1])', 4, /must come out true or false/u],
  ['[true]', 0, /must come out true or false/u],
  ['', 0, /not valid CEL: it is empty/u],
  ['claims.gdpr ==', 12, /not valid CEL/u],
  ['claims.gdpr = true', 12, /not valid CEL/u],
  ['claims.gdpr and true', 12, /not valid CEL/u],
  ['true ? false', 5, /not valid CEL/u],
];

test.each(REJECTED)('`%s` does not compile, at %d', (text, offset, error) => {
  const compiled = compileCel(text);
  expect(compiled).toMatchObject({ error: expect.stringMatching(error) as string, offset });
});

describe('bounds', () => {
  test.each([
    ['long', `${'true || '.repeat(MAX_EXPRESSION_CHARS / 8)}true`, /characters; split it/u],
    ['many parts', Array.from({ length: 130 }, () => 'true').join('||'), /parts; split it/u],
    ['macros in macros', '[1].all(a, [1].all(b, [1].all(c, a == b)))', /too many steps/u],
    ['joining in a macro', '[1].all(a, "a" + "b" == "c")', /too many steps/u],
    ['deep', `${'('.repeat(1000)}true${')'.repeat(1000)}`, undefined],
  ])('an expression that is too %s', (_, text, error) => {
    const compiled = compileCel(text);
    if (error === undefined) expect(compiled).toHaveProperty('claims');
    else expect(compiled).toMatchObject({ error: expect.stringMatching(error) as string });
  });

  test('a macro in a macro over regions is fine', () => {
    const text =
      'claims.processing_regions.all(r, ["DE", "FR"].exists(x, x < r || x > r || !(x != r)))';
    expect(compileCel('claims.processing_regions.all(r, r in ["DE"])')).toHaveProperty('program');
    expect(compileCel(text)).toMatchObject({
      error: expect.stringMatching(/too many steps/u) as string,
    });
  });

  test('inputs over the bounds are errors', () => {
    const items = Array.from({ length: MAX_INPUT_ITEMS + 1 }, () => 'DE');
    const text = 'claims.processing_regions.all(r, r == "DE")';
    expect(evaluate(text, { processing_regions: items.slice(1) })).toEqual({ holds: true });
    expect(evaluate(text, { processing_regions: items })).toHaveProperty('error');
    const long = 'x'.repeat(MAX_INPUT_CHARS + 1);
    expect(evaluate('attributes.a == "x"', {}, { a: long })).toHaveProperty('error');
    const many = Object.fromEntries(items.map((_, index) => [`a${String(index)}`, 'x']));
    expect(evaluate('true', {}, many)).toHaveProperty('error');
  });
});
