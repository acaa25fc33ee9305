import fc from 'fast-check';
import { stringify } from 'yaml';
import { CLAIM_TYPES } from '../../../src/core/model/claim';
import { native } from './support';
import { runs, SEED } from '../../laws/support/runs';

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/u);
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 3 });
const regions = fc.uniqueArray(fc.constantFrom('DE', 'US', 'eu', 'eea', 'FR'), { minLength: 1 });

const requirements = fc.record(
  {
    require_zero_data_retention: fc.constant(true),
    require_no_training: fc.constant(true),
    max_retention_days: fc.nat(400),
    allow_internet_egress: fc.constant(false),
    user_data_collection: fc.constant('deny'),
    soc2_type2: fc.constant(true),
    certifications: fc.record({ all_of: names }),
    processing_regions: regions,
    headquarters: fc.record({ deny: regions }),
    max_price: fc.record({ prompt: fc.nat(50) }),
    expression: fc.constant('claims.retention_days <= 30'),
    labels: fc.dictionary(name, name, { minKeys: 1, maxKeys: 2 }),
  },
  { requiredKeys: ['require_no_training'] },
);

const policySpec = fc.record(
  {
    mode: fc.constantFrom('enforce', 'warn', 'shadow'),
    scope: fc.dictionary(
      fc.constantFrom('tenant', 'team'),
      fc.oneof(name, names, fc.constant('any')),
      { minKeys: 1 },
    ),
    providers: fc.record({ allow: names }),
    models: fc.record({ deny: names.map((list) => list.map((one) => `${one}*`)) }),
    requirements,
    on_no_eligible: fc.record({ status: fc.constantFrom(400, 403, 451) }),
    log_provider_selection: fc.boolean(),
  },
  { requiredKeys: ['requirements'] },
);

const claims = fc.record(
  {
    zero_data_retention: fc.oneof(
      fc.boolean(),
      fc.record({ value: fc.boolean(), source: name, checked_at: fc.constant('2026-01-31') }),
    ),
    retention_days: fc.nat(90),
    soc2: fc.constantFrom('none', 'type1', 'type2'),
    processing_regions: regions,
    price: fc.record({ prompt: fc.nat(9), completion: fc.nat(9) }),
    certifications: fc.dictionary(name, fc.boolean(), { minKeys: 1, maxKeys: 2 }),
  },
  { requiredKeys: ['soc2'] },
);

const catalogSpec = fc.record({
  providers: fc.array(
    fc.record({
      id: name,
      models: fc.constantFrom('any', 'listed'),
      claims,
      targets: fc.array(fc.record({ model: name, claims }), { minLength: 1, maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

const bundleSpec = fc.record({ revision: fc.integer({ min: 1, max: 99 }), tenants: names });

function frame(kind: string, spec: unknown): object {
  return { apiVersion: 'ambit/v1', kind, metadata: { name: 'generated' }, spec };
}

const document = fc.oneof(
  policySpec.map((spec) => frame('Policy', spec)),
  catalogSpec.map((spec) => frame('Catalog', spec)),
  bundleSpec.map((spec) => frame('Bundle', spec)),
);

const STYLES = ['block', 'flow', 'json'] as const;

const file = fc.tuple(document, fc.constantFrom(...STYLES)).map(([value, style]) => {
  if (style === 'json') return `${JSON.stringify(value, null, 2)}\n`;
  return stringify(value, { collectionStyle: style, aliasDuplicateObjects: false });
});

/** A cut, a doubling or a replacement somewhere in the text. */
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.constant(0), fc.nat(12)),
  text: fc.constantFrom(
    '',
    '',
    ':',
    '"',
    '[',
    '}',
    '\n',
    '\t',
    '-',
    ' ',
    '&a ',
    '!!str ',
    'x',
    '0',
    '\0',
    '\uFEFF',
  ),
});

function apply(
  text: string,
  { at, length, text: inserted }: { at: number; length: number; text: string },
): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + inserted + text.slice(start + length);
}

test('what is written as the format says is read without findings, in every style', () => {
  const kinds = { policies: 0, targets: 0, bundles: 0 };
  fc.assert(
    fc.property(file, (text) => {
      const { document: read, bundle, findings } = native.parse({ name: 'f', text });
      expect(findings).toEqual([]);
      kinds.policies += read?.policies.length ?? 0;
      kinds.targets += read?.targets.length ?? 0;
      kinds.bundles += bundle === undefined ? 0 : 1;
    }),
    { numRuns: runs(300), seed: SEED },
  );
  expect(Math.min(kinds.policies, kinds.targets, kinds.bundles)).toBeGreaterThan(30);
});

test('damaged files never make it throw, and a document comes only without errors', () => {
  const outcomes = { clean: 0, rejected: 0 };
  fc.assert(
    fc.property(file, fc.array(damage, { minLength: 1, maxLength: 3 }), (text, damages) => {
      const { document: read, findings } = native.parse({
        name: 'f',
        text: damages.reduce(apply, text),
      });
      const hasErrors = findings.some(({ severity }) => severity === 'error');
      expect(read === undefined).toBe(hasErrors);
      outcomes[hasErrors ? 'rejected' : 'clean'] += 1;
    }),
    { numRuns: runs(1500), seed: SEED },
  );
  expect(outcomes.rejected).toBeGreaterThan(500);
  expect(outcomes.clean).toBeGreaterThan(20);
});

test('raw text never makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const { document: read } = native.parse({ name: 'f', text });
      expect(read).toBeUndefined();
    }),
  );
});

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Keys that users choose stand below these; every other key is one that the format knows. */
const FREE = new Set(['scope', 'labels', 'certifications']);

/** Every copy of a value in which one known key is misspelt. */
function misspelt(value: Json): readonly Json[] {
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    return items.flatMap((item, index) => misspelt(item).map((copy) => items.with(index, copy)));
  }
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value as Record<string, Json>);
  return entries.flatMap(([key, item], index) => [
    Object.fromEntries(entries.with(index, [`${key}x`, item])),
    ...(FREE.has(key) ? [] : misspelt(item)).map((copy) =>
      Object.fromEntries(entries.with(index, [key, copy])),
    ),
  ]);
}

test('no misspelt key goes unnoticed, wherever it stands', () => {
  let count = 0;
  fc.assert(
    fc.property(document, (value) => {
      for (const copy of misspelt(JSON.parse(JSON.stringify(value)) as Json)) {
        const { findings } = native.parse({ name: 'f', text: JSON.stringify(copy, null, 1) });
        expect(findings.map(({ code }) => code)).toContain('unknown_key');
        count += 1;
      }
    }),
    { numRuns: runs(40), seed: SEED },
  );
  expect(count).toBeGreaterThan(400);
});

test('no known claim is missing from the format', () => {
  const flat = Object.keys(CLAIM_TYPES).filter((claim) => !claim.startsWith('price_'));
  const text = stringify(
    frame('Catalog', {
      providers: [{ id: 'p', claims: Object.fromEntries(flat.map((claim) => [claim, []])) }],
    }),
  );
  const codes = native.parse({ name: 'f', text }).findings.map(({ code }) => code);
  expect(codes).toHaveLength(flat.length);
  expect(codes).not.toContain('unknown_key');
});
