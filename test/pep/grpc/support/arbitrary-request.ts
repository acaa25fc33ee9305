import * as fc from 'fast-check';

import type { Api, DataCollection, ModelIdStyle } from '../../../../src/gen/ambit/v1/context';
import type { DecideRequest, Detail } from '../../../../src/gen/ambit/v1/request';

const TEXT = fc.constantFrom('a', 'b', 'vendor/model', 'ü', 'c', 'd', 'e', 'f', 'g', '');

const opt = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const LIST = fc.option(
  fc.array(TEXT, { maxLength: 2 }).map((values) => ({ values })),
  { nil: undefined, freq: 1 },
);

const CLAIM = fc.record({
  name: fc.constantFrom('soc2', 'soc2', 'soc2', 'gdpr', 'no_such_claim'),
  value: opt(
    fc.oneof(
      fc.record({ $case: fc.constant('boolValue' as const), value: fc.boolean() }),
      fc.record({
        $case: fc.constant('stringValue' as const),
        value: fc.constantFrom('type2', 'x'),
      }),
    ),
  ),
  expiresAt: opt(fc.constantFrom('2026-01-01T00:00:00Z', 'soon')),
  apis: fc.array(fc.constantFrom(1 as Api, 2 as Api), { maxLength: 2 }),
  features: fc.constant([]),
});

const CANDIDATE = fc.record({
  ref: TEXT.filter((text) => text !== 'ü'),
  target: opt(TEXT),
  provider: opt(TEXT),
  model: opt(TEXT),
  claims: fc.array(CLAIM, { maxLength: 1 }),
});

const CONTEXT = fc.record({
  tenant: opt(TEXT),
  scope: fc
    .dictionary(fc.constantFrom('team', 'k'), TEXT)
    .map((each) => new Map(Object.entries(each))),
  model: opt(TEXT),
  models: fc.array(TEXT, { maxLength: 2 }),
  modelIdStyle: fc.constantFrom(0, 0, 0, 1, 9).map((each) => each as ModelIdStyle),
  api: fc.constantFrom(0, 1, 1, 1, 99).map((each) => each as Api),
  features: fc.array(fc.constantFrom('store', 'batch', 'no_such_feature'), { maxLength: 1 }),
  preferences: opt(
    fc.record({
      only: LIST,
      ignore: LIST,
      order: LIST,
      allowFallbacks: opt(fc.boolean()),
      zeroDataRetention: opt(fc.boolean()),
      noTraining: opt(fc.boolean()),
      dataCollection: fc.constantFrom(0 as DataCollection, 2 as DataCollection),
      maxRetentionDays: opt(fc.constantFrom(0, 30, 30, -1)),
      processingRegions: LIST,
      quantizations: LIST,
      maxPrice: opt(
        fc.record({ prompt: opt(fc.constantFrom(0, 1.5)), completion: opt(fc.constant(2)) }),
      ),
    }),
  ),
  attributes: fc.constant(new Map<string, string>()),
});

/** Requests: right ones, and ones that an enforcement point or an end client got wrong. */
export const REQUEST: fc.Arbitrary<DecideRequest> = fc.record({
  requestId: fc.constantFrom('', 'r-1', 'ü'),
  context: opt(CONTEXT),
  candidates: fc.array(CANDIDATE, { maxLength: 3 }),
  detail: fc.constantFrom(0, 1, 2, 9).map((each) => each as Detail),
  minBundle: opt(fc.constant({ bound: { $case: 'digest' as const, value: 'sha256:0' } })),
});

/** One change that a faulty or hostile encoder could make. */
export interface Change {
  readonly kind: 'none' | 'set' | 'cut' | 'append' | 'swap';
  readonly at: number;
  readonly byte: number;
}

/** Changes; about half of them change nothing. */
export const CHANGE: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom<Change['kind']>(
    'none',
    'none',
    'none',
    'none',
    'set',
    'cut',
    'append',
    'swap',
  ),
  at: fc.nat(1000),
  byte: fc.nat(255),
});

/** Makes a change. */
export function change(bytes: Buffer, { kind, at, byte }: Change): Buffer {
  const place = bytes.length === 0 ? 0 : at % bytes.length;
  const copy = Buffer.from(bytes);
  switch (kind) {
    case 'set':
      if (copy.length > 0) copy[place] = byte;
      return copy;
    case 'cut':
      return copy.subarray(0, place);
    case 'append':
      return Buffer.concat([copy, bytes.subarray(place)]);
    case 'swap':
      return Buffer.concat([bytes.subarray(place), bytes.subarray(0, place)]);
    case 'none':
      return copy;
  }
}
