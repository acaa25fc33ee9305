import * as fc from 'fast-check';

import { Api, DataCollection, ModelIdStyle } from '../../../../src/gen/ambit/v1/context';
import { Detail } from '../../../../src/gen/ambit/v1/request';
import type { Candidate, ClaimInput, DecideRequest } from '../../../../src/gen/ambit/v1/request';

const TEXT = fc.constantFrom(
  '',
  'a',
  'acme/large',
  'ü ✓ 𝔸',
  '__proto__',
  'constructor',
  'a"\\\n\0',
);

/** Absent half of the time. */
function opt<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 1 });
}

const names = fc.array(TEXT, { maxLength: 3 });
const list = opt(names.map((values) => ({ values })));
const dictionary = fc.array(fc.tuple(TEXT, TEXT), { maxLength: 3 }).map((all) => new Map(all));
const amount = fc.constantFrom(0, -0, 0.1, 1.5, -1, 1e300, 5e-324);

/** A listed value most of the time, and one that no version knows. */
function enumValue<T extends number>(values: Readonly<Record<string, T>>): fc.Arbitrary<T> {
  const known = Object.values(values).filter((value) => value >= 0);
  return fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.constant(99 as T) },
  );
}

const claimValue = opt(
  fc.oneof(
    fc.record({ $case: fc.constant('boolValue' as const), value: fc.boolean() }),
    fc.record({ $case: fc.constant('numberValue' as const), value: amount }),
    fc.record({ $case: fc.constant('stringValue' as const), value: TEXT }),
    fc.record({ $case: fc.constant('listValue' as const), value: fc.record({ values: names }) }),
  ),
);

const faultyClaim: fc.Arbitrary<ClaimInput> = fc.record({
  name: fc.constantFrom('soc2', 'retention_days', 'processing_regions', 'label:x', 'no_claim'),
  value: claimValue,
  expiresAt: opt(fc.constantFrom('2026-01-01', '2026-01-01T00:00:00+01:00', 'soon')),
  apis: fc.array(fc.constantFrom<Api>(1, 2), { maxLength: 2 }),
  features: fc.array(fc.constantFrom('store', 'batch', 'flying'), { maxLength: 2 }),
});

const rightClaim: fc.Arbitrary<ClaimInput> = fc.record({
  name: fc.constantFrom('training_opt_out', 'gdpr', 'certification:x'),
  value: fc.record({ $case: fc.constant('boolValue' as const), value: fc.boolean() }),
  expiresAt: opt(fc.constant('2026-01-01')),
  apis: fc.array(fc.constantFrom<Api>(1, 2), { maxLength: 2 }),
  features: fc.array(fc.constantFrom('store', 'batch'), { maxLength: 2 }),
});

const claim = fc.oneof({ weight: 9, arbitrary: rightClaim }, { weight: 1, arbitrary: faultyClaim });

const candidate: fc.Arbitrary<Candidate> = fc.record({
  ref: opt(fc.constantFrom('a', 'b', 'c', 'd', 'e')),
  target: fc.constantFrom('f', 'g', 'h', 'i', 'j'),
  provider: opt(TEXT),
  model: opt(TEXT),
  region: opt(TEXT),
  endpoint: opt(TEXT),
  credential: opt(TEXT),
  claims: fc.array(claim, { maxLength: 1 }),
});

const preferences = fc.record({
  only: list,
  ignore: list,
  order: list,
  allowFallbacks: opt(fc.boolean()),
  zeroDataRetention: opt(fc.boolean()),
  noTraining: opt(fc.boolean()),
  dataCollection: enumValue(DataCollection),
  maxRetentionDays: opt(fc.constantFrom(0, 30, -1, 2 ** 31 - 1, -(2 ** 31))),
  processingRegions: list,
  quantizations: list,
  maxPrice: opt(fc.record({ prompt: opt(amount), completion: opt(amount) })),
});

const context = fc.record({
  tenant: opt(TEXT),
  scope: dictionary,
  model: opt(TEXT),
  models: names,
  modelIdStyle: enumValue(ModelIdStyle),
  api: enumValue(Api),
  features: fc.array(fc.constantFrom('store', 'batch', 'tools', 'flying'), { maxLength: 2 }),
  preferences: opt(preferences),
  attributes: dictionary,
});

/** Requests as they come over the wire, right ones and faulty ones. */
export const REQUESTS: fc.Arbitrary<DecideRequest> = fc.record({
  requestId: TEXT,
  context: opt(context),
  candidates: fc.array(candidate, { maxLength: 3 }),
  detail: enumValue(Detail),
  minBundle: opt(
    fc.record({
      bound: fc.oneof(
        { weight: 1, arbitrary: fc.constant(undefined) },
        {
          weight: 5,
          arbitrary: fc.record({
            $case: fc.constant('revision' as const),
            value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
          }),
        },
        {
          weight: 5,
          arbitrary: fc.record({ $case: fc.constant('digest' as const), value: TEXT }),
        },
      ),
    }),
  ),
});
