import * as fc from 'fast-check';

import { Preferences, RequestContext } from '../../../src/gen/ambit/v1/context';
import { DecideResponse } from '../../../src/gen/ambit/v1/decision';
import { encodeAnswer } from '../../../src/pep/grpc/encode-answer';
import type { AskFromWire } from '../../../src/pep/grpc/from-wire';
import { decisionDefinition, policyDefinition } from '../../../src/pep/grpc/service-definitions';
import type { Incoming } from '../../../src/pep/incoming';
import { MAX_REQUEST_BYTES } from '../../../src/pep/limits';
import { loadContract } from '../../contract/support/contract';
import { createTestPoint, loadText } from '../../service/support/world';
import type { TestPoint } from '../../service/support/world';
import { CHANGE, change, REQUEST } from './support/arbitrary-request';
import { encodeRequest } from './support/encode-request';
import { runs, SEED } from '../../laws/support/runs';
import { now } from '../../service/support/now';

const CONTRACT = loadContract();
const WireRequest = CONTRACT.lookupType('ambit.v1.DecideRequest');

/** Of all that requests of this test can name, only the target `a` may ever receive anything. */
const POLICY = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: fuzz }
spec:
  providers:
    - id: d
      claims: { training_opt_out: true, gdpr: true, retention_days: 0, zero_data_retention: true }
      targets: [{ id: a, model: vendor/model, serves: [a, vendor/model] }]
    - id: e
      targets: [{ id: b, model: vendor/model }, { id: c, model: f, serves: [g] }]
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: fuzz }
spec: { requirements: { require_no_training: true } }
`;

let tested: TestPoint;

beforeAll(async () => {
  tested = createTestPoint(await loadText(POLICY));
});

const CONTEXT = {
  ...RequestContext.create(),
  tenant: 't',
  scope: new Map([['team', 'x']]),
  model: 'a',
  preferences: { ...Preferences.create(), maxRetentionDays: 0, only: { values: ['a', 'd'] } },
};

/** Requests that are allowed unless a change spoils them; of one in three the API is not understood. */
const GOOD = fc.record({
  requestId: fc.constantFrom('', 'r-1'),
  context: fc.constantFrom(undefined, CONTEXT, { ...CONTEXT, api: 99 }),
  candidates: fc.constantFrom(
    [{ target: 'a', claims: [] }],
    [
      { ref: 'x', provider: 'd', model: 'vendor/model', claims: [] },
      { target: 'b', claims: [] },
    ],
  ),
});

type Fate = 'unreadable' | 'refused' | 'blocked' | 'invalid' | 'allowed';

/** Decides what was read, as the service does, and checks that nothing else than `a` gets through. */
function decide(incoming: Incoming<AskFromWire>): Fate {
  if ('failure' in incoming) return 'unreadable';
  const { message } = incoming;
  if ('violations' in message) return 'refused';
  const answer = now(tested.point.decide(message.ask, 'decide'));
  const { outcome, eligible, verdicts, block } = DecideResponse.decode(encodeAnswer(answer));
  expect(outcome === 3).toBe(eligible.length === 0);
  for (const ref of eligible) {
    expect(verdicts.find((verdict) => verdict.ref === ref)).toMatchObject({ target: 'a' });
  }
  if (block === undefined) return 'allowed';
  return block.code === 'invalid_request' ? 'invalid' : 'blocked';
}

const DECISIONS = decisionDefinition(MAX_REQUEST_BYTES);
const POLICIES = policyDefinition(MAX_REQUEST_BYTES);

const readRequest = DECISIONS.decide.requestDeserialize;

const count = (fates: readonly Fate[], fate: Fate): number =>
  fates.filter((each) => each === fate).length;

describe('whatever bytes come', () => {
  it('nothing gets through that may not, and what is read is what another decoder reads', () => {
    const fates: Fate[] = [];
    fc.assert(
      fc.property(fc.oneof(REQUEST, GOOD), CHANGE, (request, how) => {
        const bytes = change(encodeRequest(request), how);
        const incoming = readRequest(bytes);
        fates.push(decide(incoming));
        if ('failure' in incoming || 'violations' in incoming.message) return;
        // What is not refused means the same to a decoder of other making.
        const again = WireRequest.encode(WireRequest.decode(bytes)).finish();
        expect(readRequest(Buffer.from(again))).toEqual(incoming);
      }),
      { numRuns: runs(4000), seed: SEED },
    );
    for (const fate of ['refused', 'blocked', 'invalid', 'allowed'] as const) {
      expect([fate, count(fates, fate) > 100]).toEqual([fate, true]);
    }
  });

  it('noise is almost never a request, and never one that is allowed', () => {
    const fates: Fate[] = [];
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (bytes) => {
        fates.push(decide(readRequest(Buffer.from(bytes))));
      }),
      { numRuns: runs(4000), seed: SEED },
    );
    expect(count(fates, 'allowed')).toBe(0);
    expect(count(fates, 'refused')).toBeGreaterThan(runs(3000));
    expect(fates).toHaveLength(runs(4000));
  });

  it('no reader of any method throws', () => {
    const readers: readonly ((bytes: Buffer) => Incoming<unknown>)[] = [
      ...Object.values(DECISIONS).map(({ requestDeserialize }) => requestDeserialize),
      ...Object.values(POLICIES).map(({ requestDeserialize }) => requestDeserialize),
    ];
    expect(readers).toHaveLength(6);
    const kinds = { read: 0, failed: 0 };
    fc.assert(
      fc.property(REQUEST, CHANGE, fc.nat(readers.length - 1), (request, how, index) => {
        const incoming = readers[index]?.(change(encodeRequest(request), how));
        kinds[incoming !== undefined && 'message' in incoming ? 'read' : 'failed'] += 1;
      }),
      { numRuns: runs(3000), seed: SEED },
    );
    expect(kinds.read).toBeGreaterThan(300);
    expect(kinds.failed).toBeGreaterThan(300);
  });

  it('a request on a stream is read as it is alone', () => {
    const kinds = { alike: 0, withoutId: 0 };
    const readStream = DECISIONS.decideStream.requestDeserialize;
    fc.assert(
      fc.property(REQUEST, (request) => {
        const alone = readRequest(encodeRequest(request));
        const wrapped = CONTRACT.lookupType('ambit.v1.DecideStreamRequest').encode({
          request: WireRequest.decode(encodeRequest(request)),
        });
        const incoming = readStream(Buffer.from(wrapped.finish()));
        if (!('message' in incoming) || !('message' in alone)) throw new Error('unreadable');
        expect(incoming.message.requestId).toBe(request.requestId);
        if (request.requestId === '' && 'ask' in alone.message) {
          kinds.withoutId += 1;
          expect(incoming.message.read).toHaveProperty('violations');
        } else {
          kinds.alike += 1;
          expect(incoming.message.read).toEqual(alone.message);
        }
      }),
      { numRuns: runs(1000), seed: SEED },
    );
    expect(kinds.alike).toBeGreaterThan(100);
    expect(kinds.withoutId).toBeGreaterThan(20);
  });
});
