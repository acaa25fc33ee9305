import * as fc from 'fast-check';

import type { Block } from '../../../src/core/model/decision';
import { DecideResponse } from '../../../src/gen/ambit/v1/decision';
import { documentOf } from '../../../src/pep/grpc/documents';
import { wireJson } from '../../../src/pep/grpc/wire-json';
import type { Ask, Detail } from '../../../src/ports/answer';
import { CATALOG, POLICY } from '../../cli/support/files';
import { ask } from '../../service/support/asks';
import { createTestPoint, loadText } from '../../service/support/world';
import type { TestPoint } from '../../service/support/world';
import { runs, SEED } from '../../laws/support/runs';
import { now } from '../../service/support/now';

let tested: TestPoint;

beforeAll(async () => {
  tested = createTestPoint(await loadText(`${CATALOG}---\n${POLICY}`));
});

/** The document as a program reads it that gets it as a text. */
function documentFor(asked: Ask): ReturnType<typeof wireJson.toDocument> {
  const document = wireJson.toDocument(now(tested.point.decide(asked, 'decide')));
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  return document;
}

const TARGETS = ['good/chat-large', 'keeps/chat', 'silent/chat', 'nothing'];

describe('the JSON of an answer', () => {
  it('never lacks what could be taken for "no restriction", whatever is asked', () => {
    const asks = fc.record({
      targets: fc.option(fc.subarray(TARGETS), { nil: undefined }),
      detail: fc.constantFrom<Detail>('summary', 'reasons', 'trace'),
      problems: fc.constantFrom<readonly string[]>([], [], ['x']),
    });
    const spread = { allowed: 0, blocked: 0 };
    fc.assert(
      fc.property(asks, ({ targets, ...others }) => {
        const document = documentFor(ask(targets === undefined ? others : { ...others, targets }));
        const refs = document.verdicts.filter(({ eligible }) => eligible).map(({ ref }) => ref);
        expect(document.eligible).toEqual(refs);
        expect(document.outcome).toBe(refs.length > 0 ? 'OUTCOME_ALLOW' : 'OUTCOME_BLOCK');
        expect(document.block === undefined).toBe(refs.length > 0);
        for (const { eligible, reasons } of document.verdicts) {
          expect(reasons.length > 0).toBe(!eligible);
        }
        spread[refs.length > 0 ? 'allowed' : 'blocked'] += 1;
      }),
      { numRuns: runs(300), seed: SEED },
    );
    expect(Math.min(spread.allowed, spread.blocked)).toBeGreaterThan(runs(50));
  });

  it('has every part by its name in the contract', () => {
    expect(documentFor(ask({ requestId: 'r', targets: ['keeps/chat'] }))).toEqual({
      requestId: 'r',
      decisionId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      outcome: 'OUTCOME_BLOCK',
      eligible: [],
      verdicts: [
        {
          ref: 'keeps/chat',
          target: 'keeps/chat',
          eligible: false,
          reasons: [
            {
              code: 'claim_contrary',
              layer: 'LAYER_REQUIREMENTS',
              policy: 'base',
              requirement: 'max_retention_days',
              claim: 'retention_days',
              state: 'REASON_STATE_CONTRARY',
              expected: expect.any(String) as string,
              observed: expect.any(String) as string,
              message: expect.any(String) as string,
              source: { file: 'policy.yaml', line: expect.any(Number) as number, column: 5 },
              claimSource: { file: 'policy.yaml', line: 10, column: expect.any(Number) as number },
            },
          ],
          reasonsOmitted: 0,
        },
      ],
      block: {
        code: 'no_compliant_provider',
        message: expect.any(String) as string,
        httpStatus: 403,
        contentType: 'application/problem+json',
        body: expect.any(String) as string,
        layer: 'LAYER_REQUIREMENTS',
        policy: 'base',
        providersConsidered: ['keeps'],
      } satisfies Record<keyof Block, unknown>,
      bundle: {
        digest: tested.store.active()?.bundle.digest,
        sequence: '1',
        stale: false,
      },
    });
  });
});

describe('what is no answer', () => {
  it.each([{}, { eligible: undefined }, DecideResponse.toJSON(DecideResponse.create())])(
    'becomes one that allows nothing: %j',
    (json) => {
      const document = documentOf(json);
      expect(document).toMatchObject({
        outcome: 'OUTCOME_UNSPECIFIED',
        eligible: [],
        verdicts: [],
      });
      expect(document).not.toHaveProperty('block');
    },
  );

  it('keeps every list of what is there', () => {
    expect(documentOf({ verdicts: [{ ref: 'a', eligible: false }], block: { code: 'x' } })).toEqual(
      {
        outcome: 'OUTCOME_UNSPECIFIED',
        eligible: [],
        verdicts: [{ ref: 'a', eligible: false, reasons: [] }],
        block: { code: 'x', providersConsidered: [] },
      },
    );
  });
});
