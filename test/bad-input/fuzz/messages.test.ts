import * as fc from 'fast-check';

import { CheckRequest } from '../../../src/gen/envoy/service/auth/v3/external_auth';
import { MAX_CHECK_BYTES, MAX_REQUEST_BYTES } from '../../../src/pep/limits';
import { authorizationDefinition } from '../../../src/pep/ext-authz/check-handlers';
import { checkToAsk } from '../../../src/pep/ext-authz/check-to-ask';
import { DEFAULT_CLIENT_PREFERENCES } from '../../../src/ports/client-preferences';
import type { AskFromWire } from '../../../src/pep/grpc/from-wire';
import { decisionDefinition, policyDefinition } from '../../../src/pep/grpc/service-definitions';
import type { Incoming } from '../../../src/pep/incoming';
import { encode } from '../../contract/support/raw-call';
import { loadContract } from '../../contract/support/contract';
import { runs, Spread } from '../../laws/support/runs';
import { toWire } from '../../pep/ext-authz/support/check-server';
import { REQUEST } from '../../pep/grpc/support/arbitrary-request';
import { encodeRequest } from '../../pep/grpc/support/encode-request';
import { field } from '../support/wire';
import { changedMessage, WIRE_CHANGES } from './wire-mutants';

const RUNS = 6000;

const CONTRACT = loadContract();
const DECISIONS = decisionDefinition(MAX_REQUEST_BYTES);
const POLICIES = policyDefinition(MAX_REQUEST_BYTES);

/** A request that says almost everything that one can say, and is right. */
const RICH = encode('DecideRequest', {
  request_id: 'r-1',
  context: {
    tenant: 'red',
    scope: { team: 'search', environment: 'prod' },
    model: 'large',
    models: ['m-large'],
    model_id_style: 1,
    api: 1,
    features: ['store'],
    preferences: {
      only: { values: ['acme'] },
      ignore: { values: ['boreal'] },
      order: { values: ['acme'] },
      allow_fallbacks: false,
      zero_data_retention: true,
      data_collection: 2,
      max_retention_days: 0,
      processing_regions: { values: ['eu'] },
      max_price: { prompt: 1.5, completion: 2 },
    },
    attributes: { a: 'b' },
  },
  candidates: [
    {
      target: 'acme/large',
      claims: [
        { name: 'gdpr', bool_value: true, expires_at: '2027-01-01', apis: [1, 2] },
        { name: 'processing_regions', list_value: { values: ['DE'] } },
      ],
    },
    { ref: 'x', provider: 'boreal', model: 'm', region: 'US', endpoint: 'e', credential: 'c' },
  ],
  detail: 1,
  min_bundle: { revision: 7 },
});

const request = fc.oneof(fc.constant(RICH), REQUEST.map(encodeRequest));

/** What a decoder of other making reads of the bytes, written again. */
function rewritten(type: string, bytes: Buffer): Buffer {
  const Type = CONTRACT.lookupType(`ambit.v1.${type}`);
  return Buffer.from(Type.encode(Type.decode(bytes)).finish());
}

/** What became of a message, in a word. */
function fateOf(incoming: Incoming<AskFromWire>): 'unreadable' | 'refused' | 'read' {
  if ('failure' in incoming) return 'unreadable';
  return 'violations' in incoming.message ? 'refused' : 'read';
}

describe('a message of which fields are changed', () => {
  test('means the same to every decoder, or is refused', () => {
    const spread = new Spread();
    const problems = new Set<string>();
    fc.assert(
      fc.property(request, WIRE_CHANGES, (bytes, changes) => {
        const mutant = changedMessage(bytes, changes);
        const incoming = DECISIONS.decide.requestDeserialize(mutant);
        const fate = fateOf(incoming);
        spread.add(fate);
        if ('message' in incoming && 'violations' in incoming.message) {
          for (const { problem } of incoming.message.violations) problems.add(problem);
        }
        if (fate !== 'read') return;
        const again = DECISIONS.decide.requestDeserialize(rewritten('DecideRequest', mutant));
        expect(again).toEqual(incoming);
      }),
      { numRuns: runs(RUNS) },
    );
    spread.expectAtLeast(RUNS * 0.1, 'read', 'refused');
    expect(problems.size).toBeGreaterThanOrEqual(12);
  });

  test('is read on a stream, and to be explained, as it is alone', () => {
    const spread = new Spread();
    fc.assert(
      fc.property(request, WIRE_CHANGES, (bytes, changes) => {
        const mutant = changedMessage(bytes, changes);
        const alone = fateOf(DECISIONS.decide.requestDeserialize(mutant));
        const stream = DECISIONS.decideStream.requestDeserialize(field(1, mutant));
        const explain = POLICIES.explain.requestDeserialize(field(1, mutant));
        spread.add(alone);
        if (alone === 'read') expect('message' in explain).toBe(true);
        else if ('message' in stream) expect(stream.message.read).toHaveProperty('violations');
      }),
      { numRuns: runs(RUNS / 2) },
    );
    spread.expectAtLeast(RUNS * 0.05, 'read', 'refused');
  });

  test.each([
    [
      'ListEligibleRequest',
      DECISIONS.listEligible,
      encode('ListEligibleRequest', {
        context: { tenant: 'red', model: 'large' },
        page_size: 3,
        page_token: 'x',
        detail: 1,
      }),
    ],
    [
      'GetCatalogRequest',
      POLICIES.getCatalog,
      encode('GetCatalogRequest', { page_size: 3, page_token: 'x' }),
    ],
    ['GetStatusRequest', POLICIES.getStatus, field(1, 'x')],
  ] as const)(
    '%s means the same to every decoder, or is refused',
    (type, { requestDeserialize }, bytes) => {
      const spread = new Spread();
      fc.assert(
        fc.property(WIRE_CHANGES, (changes) => {
          const mutant = changedMessage(bytes, changes);
          const incoming: Incoming<unknown> = requestDeserialize(mutant);
          spread.add('message' in incoming ? 'read' : 'refused');
          if ('failure' in incoming) return;
          expect(requestDeserialize(rewritten(type, mutant))).toEqual(incoming);
        }),
        { numRuns: runs(1000) },
      );
      spread.expectAtLeast(50, 'read', 'refused');
    },
  );
});

describe('a Check of which fields are changed', () => {
  const { requestDeserialize } = authorizationDefinition(MAX_CHECK_BYTES).check;
  const whole = Buffer.from(
    CheckRequest.encode(
      toWire({ extensions: { tenant: 'red', team: 'a' }, body: { model: 'large', messages: [] } }),
    ).finish(),
  );

  test('is read, denied or refused, and never throws; the model is that of its body', () => {
    const spread = new Spread();
    fc.assert(
      fc.property(WIRE_CHANGES, (changes) => {
        const incoming = requestDeserialize(changedMessage(whole, changes));
        if ('failure' in incoming) {
          spread.add('unreadable');
          return;
        }
        const read = checkToAsk(incoming.message, DEFAULT_CLIENT_PREFERENCES);
        if ('fault' in read) {
          spread.add('fault');
          return;
        }
        const { context, problems } = read.ask.request;
        spread.add(problems.length > 0 ? 'problem' : 'read');
        if (problems.length > 0) return;
        const { rawBody, body: text } = incoming.message.attributes?.request?.http ?? {};
        // A body may come as bytes or as text, and a changed number may turn one into the other.
        const bytes = rawBody?.toString('utf8') ?? '';
        const body = bytes === '' ? (text ?? '') : bytes;
        expect(context.model).toBe((JSON.parse(body) as { readonly model: unknown }).model);
      }),
      { numRuns: runs(RUNS) },
    );
    spread.expectAtLeast(RUNS * 0.03, 'read', 'problem', 'fault');
  });
});
