import type { ClaimName, ClaimValue } from '../../../src/core/model/claim';
import type { ExpressionResult } from '../../../src/core/model/requirement';
import { compileCel } from '../../../src/dialects/expression/cel-compiler';
import {
  MAX_EXPRESSION_CHARS,
  MAX_EXPRESSION_DEPTH,
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
  ['int(attributes.missing) == 1', {}],
  ['claims.gdpr && int("x") == 1', { gdpr: true }],
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

/** Texts that do not compile, with the words that are marked. */
const REJECTED: readonly (readonly [text: string, marked: string, error: RegExp])[] = [
  ['claims.zdr', 'zdr', /`zdr` is no claim; claims are /u],
  ['claims.zero_data_retension', 'zero_data_retension', /write `claims\.zero_data_retention`/u],
  ['has(claims.a) || claims.gdpr', 'a', /`a` is no claim/u],
  ['claims["zdr"]', 'zdr', /`zdr` is no claim/u],
  ['claims.constructor', 'constructor', /`constructor` is no claim/u],
  ['claims.__proto__', '__proto__', /`__proto__` is no claim/u],
  ['claims[attributes.x]', 'claims', /claims are read one by one/u],
  ['claims["a" + "b"]', 'claims', /claims are read one by one/u],
  ['claims == {}', 'claims', /claims are read one by one/u],
  ['"gdpr" in claims', 'claims', /claims are read one by one/u],
  ['claims.all(k, true)', 'claims', /claims are read one by one/u],
  ['[claims].all(c, c.zdr)', 'claims', /claims are read one by one/u],
  ['{"a": claims}.a.gdpr', 'claims', /claims are read one by one/u],
  ['(true ? claims : claims).gdpr', 'claims', /claims are read one by one/u],
  ['[{"gdpr": true}].all(claims, claims.gdpr)', 'claims', /`claims` names something else/u],
  ['["x"].all(attributes, true)', 'attributes', /`attributes` names something else/u],
  ['x == 1', 'x', /`x` is not known/u],
  ['[1].all(x, true) && x == 1', 'x', /`x` is not known/u],
  ['f(1)', 'f', /the function `f` is not known/u],
  ['claims.soc2.matches("(a+)+$")', 'matches', /the function `matches` is not known/u],
  ['timestamp("2026-01-01T00:00:00Z") == 1', 'timestamp', /not known/u],
  ['[1].map(x, x) == [1]', 'map', /`map` and `filter` are not known/u],
  ['[1].filter(x, true) == [1]', 'filter', /`map` and `filter` are not known/u],
  ['google.protobuf.Value{} == 1', 'google.protobuf.Value', /messages cannot be made/u],
  ['1', '1', /must come out true or false/u],
  ['"true"', '"true"', /must come out true or false/u],
  ['size([1])', 'size([1])', /must come out true or false/u],
  ['[true]', '[true]', /must come out true or false/u],
  ['true', 'true', /reads no claim and no attribute, so it decides nothing/u],
  ['[1].all(x, x == 1)', '[1].all(x, x == 1)', /decides nothing/u],
  ['', '', /not valid CEL: it is empty/u],
  ['claims.gdpr ==', '=', /not valid CEL/u],
  ['claims.gdpr = true', '=', /not valid CEL/u],
  ['claims.gdpr and true', 'a', /not valid CEL/u],
  ['true ? false', '?', /not valid CEL/u],
];

test.each(REJECTED)('`%s` does not compile, because of `%s`', (text, marked, error) => {
  const compiled = compileCel(text);
  expect(compiled).toMatchObject({ error: expect.stringMatching(error) as string });
  if (!('error' in compiled)) return;
  expect(text.slice(compiled.offset, compiled.offset + compiled.length)).toBe(marked);
});

describe('bounds', () => {
  const open = (brackets: number): string =>
    `${'('.repeat(brackets)}claims.gdpr${')'.repeat(brackets)}`;

  test.each([
    ['long', `${'true || '.repeat(MAX_EXPRESSION_CHARS / 8)}true`, /characters; split it/u],
    ['many parts', Array.from({ length: 130 }, () => 'true').join('||'), /parts; split it/u],
    [
      'macros in macros',
      'claims.storage_regions.all(a, claims.headquarters.all(b, a == b))',
      /too many steps/u,
    ],
    ['joining in a macro', 'claims.storage_regions.all(a, "a" + a == "c")', /too many steps/u],
    ['deep', open(MAX_EXPRESSION_DEPTH + 1), /brackets open at once/u],
    ['deep by far', open(1000), /brackets open at once/u],
  ])('an expression that is too %s', (_, text, error) => {
    expect(compileCel(text)).toMatchObject({ error: expect.stringMatching(error) as string });
  });

  test.each([
    ['as deep as it may be', open(MAX_EXPRESSION_DEPTH)],
    ['a macro over regions', 'claims.processing_regions.all(r, r in ["DE"])'],
    [
      'a macro in a macro over a list in brackets',
      'claims.processing_regions.all(r, ["DE", "FR"].exists(x, x < r || x > r || !(x != r)))',
    ],
    ['a macro that counts', 'claims.headquarters.exists_one(c, c == "US")'],
    ['joining', 'attributes.a + attributes.b == "xy"'],
  ])('%s is within them', (_, text) => {
    expect(compileCel(text)).toHaveProperty('program');
  });

  test('inputs over the bounds are errors', () => {
    const items = Array.from({ length: MAX_INPUT_ITEMS + 1 }, () => 'DE');
    const text = 'claims.processing_regions.all(r, r == "DE")';
    expect(evaluate(text, { processing_regions: items.slice(1) })).toEqual({ holds: true });
    expect(evaluate(text, { processing_regions: items })).toHaveProperty('error');
    const long = 'x'.repeat(MAX_INPUT_CHARS + 1);
    expect(evaluate('attributes.a == "x"', {}, { a: long })).toHaveProperty('error');
    const many = Object.fromEntries(items.map((_, index) => [`a${String(index)}`, 'x']));
    expect(evaluate('attributes.a1 == "x"', {}, many)).toHaveProperty('error');
  });
});

describe('errors beside a verdict', () => {
  test.each([
    ['attributes.missing == "x" || claims.gdpr', { holds: true }],
    ['claims.gdpr || attributes.missing == "x"', { holds: true }],
    ['attributes.missing == "x" && !claims.gdpr', { holds: false }],
  ])('`%s`: one side alone settles it, as CEL says', (text, result) => {
    expect(evaluate(text, { gdpr: true })).toEqual(result);
  });

  test.each([
    'attributes.missing == "x" || !claims.gdpr',
    'attributes.missing == "x" && claims.gdpr',
    'attributes.missing == "x" ? claims.gdpr : claims.gdpr',
    '!(attributes.missing == "x") && claims.gdpr',
    '[claims.gdpr].all(g, attributes.missing == "x")',
  ])('`%s`: nothing else settles it, so it is an error', (text) => {
    expect(evaluate(text, { gdpr: true })).toHaveProperty('error');
  });
});
