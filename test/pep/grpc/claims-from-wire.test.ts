import { CLAIM_TYPES } from '../../../src/core/model/claim';
import type { Claim, KnownClaimName } from '../../../src/core/model/claim';
import type { Api } from '../../../src/gen/ambit/v1/context';
import type { ClaimInput } from '../../../src/gen/ambit/v1/request';
import { claimsFromWire } from '../../../src/pep/grpc/claims-from-wire';
import type { Violation } from '../../../src/pep/grpc/violations';
import { MAX_ID_BYTES, MAX_LIST_ELEMENTS, MAX_VALUE_BYTES } from '../../../src/pep/limits';

type Value = ClaimInput['value'];

const bool = (value: boolean): Value => ({ $case: 'boolValue', value });
const number = (value: number): Value => ({ $case: 'numberValue', value });
const text = (value: string): Value => ({ $case: 'stringValue', value });
const list = (...values: readonly string[]): Value => ({ $case: 'listValue', value: { values } });

/** One value of each form that the wire has, and none. */
const FORMS: readonly Value[] = [bool(true), number(1), text('x'), list('DE'), undefined];

function input(name: string, value: Value, more: Partial<ClaimInput> = {}): ClaimInput {
  return { name, value, apis: [], features: [], ...more };
}

function read(...inputs: readonly ClaimInput[]): readonly Claim[] | readonly string[] {
  const violations: Violation[] = [];
  const claims = claimsFromWire(inputs, 'c', violations);
  return violations.length > 0 ? violations.map(({ path }) => path) : claims;
}

/** The values that inputs become, or where they are wrong. */
const valueOf = (name: string, value: Value): unknown => {
  const [first] = read(input(name, value));
  return typeof first === 'object' ? first.value : first;
};

const REFUSED = 'c[0].value';
const LONG = 'x'.repeat(MAX_VALUE_BYTES + 1);

/** By type of claim: what it takes, and what becomes of it; what it refuses. */
const TAKEN: readonly (readonly [KnownClaimName, Value, unknown])[] = [
  ['gdpr', bool(false), false],
  ['retention_days', number(0), 0],
  ['retention_days', number(0.1), 1],
  ['retention_days', number(30), 30],
  ['price_prompt', number(0.25), 0.25],
  ['quantization', text(''), ''],
  ['quantization', text('fp8'), 'fp8'],
  ['user_data_collection', text('deny'), 'deny'],
  ['analytics_collection', text('allow'), 'allow'],
  ['soc2', text('type1'), 'type1'],
  ['nested_gateway', text('fallback_off'), 'fallback_off'],
  ['nested_gateway', bool(true), 'routes_on'],
  ['nested_gateway', bool(false), 'none'],
  ['headquarters', list('us', 'DE', 'us'), ['US', 'DE']],
  ['processing_regions', list(), []],
  ['storage_regions', list('EU', 'eea', 'Global'), ['eu', 'eea', 'global']],
];

const NOT_TAKEN: readonly (readonly [KnownClaimName, Value])[] = [
  ['retention_days', number(-1)],
  ['retention_days', number(NaN)],
  ['retention_days', number(Infinity)],
  ['price_completion', number(-0.01)],
  ['quantization', text(LONG)],
  ['user_data_collection', text('DENY')],
  ['user_data_collection', text('')],
  ['soc2', text('type3')],
  ['soc2', text('')],
  ['nested_gateway', text('yes')],
  ['processing_regions', list('')],
  ['processing_regions', list('DE', LONG)],
  [
    'headquarters',
    list(...Array.from({ length: MAX_LIST_ELEMENTS + 1 }, (_, n) => `r${String(n)}`)),
  ],
];

describe('the value of a claim', () => {
  it.each(TAKEN)('%s takes %j', (name, value, expected) => {
    expect(valueOf(name, value)).toEqual(expected);
  });

  it.each(NOT_TAKEN)('%s refuses %j', (name, value) => {
    expect(valueOf(name, value)).toBe(REFUSED);
  });

  it.each(Object.keys(CLAIM_TYPES))('has one form only, and none is none: %s', (name) => {
    const taken = FORMS.filter((value) => valueOf(name, value) !== REFUSED);
    const own = TAKEN.filter(([each]) => CLAIM_TYPES[each] === CLAIM_TYPES[name as KnownClaimName]);
    for (const form of taken) {
      expect(own.map(([, value]) => value?.$case)).toContain(form?.$case);
    }
    expect(valueOf(name, undefined)).toBe(REFUSED);
  });
});

describe('the name of a claim', () => {
  it.each<[string, Value]>([
    ['certification:hipaa_baa', bool(true)],
    ['label:data class', text('x')],
    ['label:a\nb', text('x')],
  ])('may be free: %j', (name, value) => {
    expect(read(input(name, value))).toMatchObject([{ name }]);
  });

  it.each([
    '',
    'GDPR',
    'gdpr ',
    'zeroDataRetention',
    'toString',
    '__proto__',
    'certification:',
    'label:',
    'labels:x',
    ` label:x`,
    `label:${'x'.repeat(MAX_ID_BYTES)}`,
  ])('is none: %j', (name) => {
    expect(read(input(name, bool(true)))).toEqual(['c[0].name']);
    expect(read(input(name, text('x')))).toEqual(['c[0].name']);
  });
});

describe('what a claim covers, and until when', () => {
  const gdpr = (more: Partial<ClaimInput>): ClaimInput => input('gdpr', bool(true), more);

  it('is everything for ever where nothing is said, and it is declared by the request', () => {
    expect(read(gdpr({}))).toEqual([
      {
        name: 'gdpr',
        value: true,
        assurance: 'declared',
        position: { file: '', line: 0, column: 0 },
      },
    ]);
  });

  it('is what it says', () => {
    const more = { apis: [1, 2, 1] as Api[], features: ['batch', 'store', 'batch'] };
    expect(read(gdpr({ ...more, expiresAt: '2026-01-01' }))).toMatchObject([
      {
        apis: ['chat_completions', 'responses'],
        features: ['batch', 'store'],
        expiresAtMs: Date.UTC(2026, 0, 1),
      },
    ]);
  });

  it.each<[string, Partial<ClaimInput>, string]>([
    ['no api', { apis: [0] }, 'c[0].apis'],
    ['an unknown api', { apis: [1, 999 as Api] }, 'c[0].apis'],
    ['an unknown feature', { features: ['Batch'] }, 'c[0].features'],
    ['an empty feature', { features: [''] }, 'c[0].features'],
    ['an empty end', { expiresAt: '' }, 'c[0].expires_at'],
    ['an end without offset', { expiresAt: '2026-01-01T00:00:00' }, 'c[0].expires_at'],
    ['a day that no calendar has', { expiresAt: '2026-02-30' }, 'c[0].expires_at'],
  ])('is refused: %s', (_, more, path) => {
    expect(read(gdpr(more))).toEqual([path]);
  });
});

describe('a claim that is stated twice', () => {
  const at = (apis: readonly number[], features: readonly string[], value = true): ClaimInput =>
    input('gdpr', bool(value), { apis: apis as Api[], features });

  it.each<[string, readonly ClaimInput[]]>([
    ['the same', [at([], []), at([], [])]],
    ['otherwise', [at([], []), at([], [], false)]],
    ['in another order', [at([1, 2], ['batch', 'store']), at([2, 1], ['store', 'batch'], false)]],
  ])('is refused: %s', (_, inputs) => {
    expect(read(...inputs)).toEqual(['c']);
  });

  it('is taken where apis or features tell the statements apart', () => {
    expect(read(at([], []), at([1], []), at([2], []), at([1], ['batch']))).toHaveLength(4);
  });
});

describe('all mistakes', () => {
  it('are told at once', () => {
    const wrong = input('soc2', bool(true), { apis: [0], features: ['x'], expiresAt: 'soon' });
    expect(read(input('x', undefined), wrong, input('gdpr', bool(true)))).toEqual([
      'c[0].name',
      'c[1].value',
      'c[1].expires_at',
      'c[1].apis',
      'c[1].features',
    ]);
  });

  it('include that there are too many', () => {
    const inputs = Array.from({ length: MAX_LIST_ELEMENTS + 1 }, (_, index) =>
      input(`label:${String(index)}`, text('x')),
    );
    expect(read(...inputs)).toEqual(['c']);
    expect(read(...inputs.slice(1))).toHaveLength(MAX_LIST_ELEMENTS);
  });
});
