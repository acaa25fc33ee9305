import { native } from '../support/documents';
import type { FileCase } from '../support/matrix';

/** A catalog of one provider with claims, which begin in line 7, column 9. */
function claims(lines: string): string {
  const indented = lines.replace(/^(?=.)/gmu, '      ');
  return native('Catalog', `providers:\n  - id: acme\n    claims:\n${indented}`);
}

/** A catalog of targets, the first in line 6. */
function targets(...items: readonly string[]): string {
  return native('Catalog', `targets:\n${items.map((item) => `  - ${item}`).join('\n')}`);
}

const manyTargets = (): string =>
  targets(
    ...Array.from(
      { length: 12_000 },
      (_, index) => `{id: t${String(index)}, provider: nobody, model: m}`,
    ),
  );

/** Mistakes that only a Catalog can hold. */
export const CATALOG_CASES: readonly FileCase[] = [
  {
    category: 'truncated',
    name: 'cut within the claims',
    content: native('Catalog', 'providers:\n  - id: acme\n    claims:'),
  },
  {
    category: 'truncated',
    name: 'cut within a target',
    content: native('Catalog', 'targets:\n  - { provider: openai, mod'),
  },
  {
    category: 'invisible',
    name: 'a terminal escape in an id',
    content: targets('{ id: "\\e[2Jx", provider: openai, model: m }'),
  },
  {
    category: 'invisible',
    name: 'a line break in an id',
    content: targets('{ id: "a\\nb", provider: openai, model: m }'),
  },
  {
    category: 'lookalike',
    name: 'a target of a provider in Cyrillic',
    content: targets('{ provider: \u043Epenai, model: gpt-4o }'),
  },
  {
    category: 'lookalike',
    name: 'a provider in another case',
    content: native('Catalog', 'providers: [{ id: OpenAI, claims: { gdpr: true } }]'),
  },
  {
    category: 'lookalike',
    name: 'one id for two targets, in two widths',
    content: targets(
      '{ id: one, provider: openai, model: a }',
      '{ id: \uFF4Fne, provider: openai, model: b }',
    ),
  },
  {
    category: 'prototype',
    name: 'constructor as a target without a provider',
    content: targets('{ id: constructor, provider: toString, model: __proto__ }'),
  },
  {
    category: 'prototype',
    name: '__proto__ as an endpoint',
    content: targets('{ provider: openai, model: m, endpoint: __proto__ }'),
  },
  {
    category: 'prototype',
    name: 'hasOwnProperty as a claim',
    content: claims('hasOwnProperty: true'),
  },
  {
    category: 'huge',
    name: '12,000 targets of a provider that is not there',
    content: manyTargets,
  },
  {
    category: 'contradictory',
    name: 'a claim stated twice, and differently',
    content: claims('gdpr: true\ngdpr: false'),
  },
  {
    category: 'contradictory',
    name: 'a claim that expires before it is checked',
    content: claims('gdpr: { value: true, checked_at: 2026-02-01, expires_at: 2026-01-01 }'),
  },
  {
    category: 'contradictory',
    name: 'zero retention, and days of it',
    content: claims('zero_data_retention: true\nretention_days: 30'),
  },
  {
    category: 'contradictory',
    name: 'one id for two targets',
    content: targets(
      '{ id: t, provider: openai, model: a }',
      '{ id: t, provider: openai, model: b }',
    ),
  },
  {
    category: 'contradictory',
    name: 'one name for two providers',
    content: native('Catalog', 'providers: [{ id: a, aliases: [x] }, { id: b, aliases: [x] }]'),
  },
  {
    category: 'duplicate',
    name: 'a region twice',
    content: claims('processing_regions: [DE, de]'),
  },
  {
    category: 'duplicate',
    name: 'an alias twice',
    content: native('Catalog', 'providers: [{ id: a, aliases: [x, X] }]'),
  },
  {
    category: 'version',
    name: 'a version that is to come',
    content: targets('{ provider: openai, model: m }').replace('v1', 'v1beta1'),
  },
  { category: 'type', name: 'a truth value in quotes', content: claims("gdpr: 'true'") },
  { category: 'type', name: 'a number for a truth value', content: claims('gdpr: 1') },
  { category: 'type', name: 'a text for a list', content: claims('processing_regions: eu') },
  {
    category: 'type',
    name: 'a region that YAML 1.1 reads as false',
    content: claims('processing_regions: [NO, no]'),
  },
  {
    category: 'type',
    name: 'a time without an offset',
    content: claims('gdpr: { value: true, expires_at: 2026-01-01 10:00:00 }'),
  },
  {
    category: 'type',
    name: 'a list for a mapping',
    content: native('Catalog', 'providers: [{ id: a, claims: [gdpr] }]'),
  },
  { category: 'empty', name: 'no spec', content: native('Catalog', '') },
  { category: 'empty', name: 'no target', content: native('Catalog', 'targets: []') },
  {
    category: 'empty',
    name: 'no claim',
    content: native('Catalog', 'providers: [{ id: a, claims: {} }]'),
  },
  {
    category: 'empty',
    name: 'an empty id',
    content: targets('{ id: "", provider: openai, model: m }'),
  },
  { category: 'empty', name: 'no region', content: claims('processing_regions: []') },
  { category: 'unknown key', name: 'a claim', content: claims('trainig_opt_out: true') },
  {
    category: 'unknown key',
    name: 'of a target',
    content: targets('{ provider: openai, model: m, regoin: eu }'),
  },
  { category: 'unknown value', name: 'a region', content: claims('processing_regions: [EUR]') },
  { category: 'unknown value', name: 'a report', content: claims('soc2: type3') },
  {
    category: 'unknown value',
    name: 'an api',
    content: targets('{ provider: openai, model: m, apis: [chat] }'),
  },
  {
    category: 'unknown value',
    name: 'a day that the calendar lacks',
    content: claims('gdpr: { value: true, expires_at: 2026-02-30 }'),
  },
  {
    category: 'unknown value',
    name: 'a target that is not there',
    content: targets('{ provider: openai, model: auto, reaches: [nobody] }'),
  },
  { category: 'number', name: 'below zero', content: claims('retention_days: -1') },
  { category: 'number', name: 'infinity', content: claims('retention_days: .inf') },
  { category: 'number', name: 'not a number', content: claims('retention_days: .NaN') },
  {
    category: 'number',
    name: 'beyond what a number holds',
    content: claims('price: { prompt: 1e309 }'),
  },
  {
    category: 'number',
    name: 'more digits than a number keeps',
    content: claims('retention_days: 9007199254740993'),
  },
  {
    category: 'number',
    name: 'a port beyond the last one',
    content: targets('{ provider: openai, model: m, address: { host: a.example, port: 65536 } }'),
  },
  { category: 'missing', name: 'the model of a target', content: targets('{ provider: openai }') },
  { category: 'missing', name: 'the provider of a target', content: targets('{ model: m }') },
  {
    category: 'missing',
    name: 'the id of a provider',
    content: native('Catalog', 'providers: [{ claims: { gdpr: true } }]'),
  },
  { category: 'missing', name: 'the value of a claim', content: claims('gdpr: { source: x }') },
];
