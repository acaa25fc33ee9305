import * as fc from 'fast-check';

import type { Api, DataCollection, ModelIdStyle } from '../../../src/gen/ambit/v1/context';
import { RequestContext } from '../../../src/gen/ambit/v1/context';
import type { DecideRequest, Detail } from '../../../src/gen/ambit/v1/request';
import { createRequestReader, readWhole } from '../../../src/pep/grpc/decode-request';
import type { AskFromWire } from '../../../src/pep/grpc/from-wire';
import { encodeRequest } from './support/encode-request';

const TEXT = fc.constantFrom('a', 'b', 'vendor/model', 'ü', 'c', 'd', 'e', 'f', 'g', '');

const opt = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

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
      only: opt(fc.array(TEXT, { maxLength: 2 }).map((values) => ({ values }))),
      zeroDataRetention: opt(fc.boolean()),
      dataCollection: fc.constantFrom(0 as DataCollection, 2 as DataCollection),
      maxRetentionDays: opt(fc.constantFrom(0, 30, 30, -1)),
    }),
  ),
  attributes: fc.constant(new Map<string, string>()),
});

const REQUEST = fc
  .record({
    requestId: fc.constantFrom('', 'r-1', 'ü'),
    context: opt(CONTEXT),
    candidates: fc.array(CANDIDATE, { maxLength: 3 }),
    detail: fc.constantFrom(0, 1, 2, 9).map((each) => each as Detail),
    minBundle: opt(fc.constant({ bound: { $case: 'digest' as const, value: 'sha256:0' } })),
  })
  .map((request) => encodeRequest(request));

/** One change that a faulty or hostile encoder could make. */
const CHANGE = fc.record({
  kind: fc.constantFrom('none', 'none', 'none', 'none', 'set', 'cut', 'append', 'swap'),
  at: fc.nat(1000),
  byte: fc.nat(255),
});

function change(
  bytes: Buffer,
  { kind, at, byte }: { kind: string; at: number; byte: number },
): Buffer {
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
    default:
      return copy;
  }
}

/** A candidate that names a target. */
function candidate(target: string): DecideRequest['candidates'][number] {
  return { target, claims: [] };
}

/** What reading gives, in a form that compares: it may throw only where the whole way does. */
function outcome(read: (bytes: Uint8Array) => AskFromWire, bytes: Buffer): unknown {
  try {
    return read(bytes);
  } catch {
    return 'thrown';
  }
}

describe('a reader that remembers parts', () => {
  it('reads every message as the whole way does, the first time and later', () => {
    const read = createRequestReader();
    const spread = { asked: 0, problems: 0, refused: 0 };
    fc.assert(
      fc.property(REQUEST, CHANGE, (request, how) => {
        const bytes = change(request, how);
        const expected = outcome(readWhole, bytes);
        expect(outcome(read, bytes)).toEqual(expected);
        expect(outcome(read, bytes)).toEqual(expected);
        const ask = (expected as Partial<{ ask: { request: { problems: string[] } } }>).ask;
        if (ask === undefined) spread.refused += 1;
        else if (ask.request.problems.length > 0) spread.problems += 1;
        else spread.asked += 1;
      }),
      { numRuns: 3000 },
    );
    expect(spread.asked).toBeGreaterThan(100);
    expect(spread.problems).toBeGreaterThan(100);
    expect(spread.refused).toBeGreaterThan(100);
  });

  it('gives equal parts of different requests as one object', () => {
    const read = createRequestReader();
    const bytesOf = (requestId: string): Buffer =>
      encodeRequest({
        requestId,
        context: { ...RequestContext.create(), tenant: 't' },
        candidates: [candidate('x')],
      });
    const [one, two] = ['1', '2'].map((id) => read(bytesOf(id)));
    if (one === undefined || two === undefined || !('ask' in one) || !('ask' in two))
      throw new Error('refused');
    expect(one.ask.requestId).toBe('1');
    expect(two.ask.requestId).toBe('2');
    expect(two.ask.request.candidates?.[0]).toBe(one.ask.request.candidates?.[0]);
    expect(two.ask.request.context).toBe(one.ask.request.context);
    expect(Object.isFrozen(one.ask.request.candidates?.[0])).toBe(true);
  });

  it('forgets what nobody asks for', () => {
    const read = createRequestReader();
    const bytesOf = (target: string): Buffer => encodeRequest({ candidates: [candidate(target)] });
    const candidateOf = (target: string): unknown => {
      const result = read(bytesOf(target));
      return 'ask' in result ? result.ask.request.candidates?.[0] : undefined;
    };
    const first = candidateOf('first');
    for (let index = 0; index < 3000; index += 1) candidateOf(`other-${String(index)}`);
    expect(candidateOf('first')).toBe(first);
    for (let index = 0; index < 6000; index += 1) candidateOf(`another-${String(index)}`);
    expect(candidateOf('first')).not.toBe(first);
    expect(candidateOf('first')).toEqual(first);
  });
});
