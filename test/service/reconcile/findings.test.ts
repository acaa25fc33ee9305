import { CODES, MAX_KEPT_FINDINGS, RECONCILE_CODES } from '../../../src/service/reconcile/findings';
import type { ReconcileCode } from '../../../src/service/reconcile/findings';
import {
  attemptLine,
  blockLine,
  decisionLine,
  idAt,
  reconciled,
  requestLine,
  tell,
  timeAt,
  toldBy,
} from './support/lines';

/** Lines that show one thing, and what is found; the records are one decision unless they are given. */
interface Case {
  readonly what: string;
  readonly decisions?: readonly string[];
  readonly envoy: readonly string[];
  readonly found: readonly (readonly [code: ReconcileCode, place: string])[];
  /** Attempts that are clean, of all. */
  readonly clean?: string;
}

const SECOND = attemptLine({ target: 'second', time: timeAt(9) });

/** A decision before and one after, so that ids between them are within the records. */
const AROUND = [
  decisionLine({ decision_id: idAt(-100), time: timeAt(-100) }),
  decisionLine({ decision_id: idAt(100), time: timeAt(100) }),
];

const CASES: readonly Case[] = [
  { what: 'an attempt at the first target', envoy: [attemptLine()], found: [], clean: '1/1' },
  { what: 'attempts in the order', envoy: [attemptLine(), SECOND], found: [], clean: '2/2' },
  {
    what: 'an attempt at the second target alone',
    envoy: [SECOND],
    found: [],
    clean: '1/1',
  },
  {
    what: 'a warn decision',
    decisions: [decisionLine({ outcome: 'warn' })],
    envoy: [attemptLine(), requestLine({ outcome: 'WARN' })],
    found: [],
    clean: '1/1',
  },
  {
    what: 'an attempt outside the eligible set',
    envoy: [attemptLine(), attemptLine({ target: 'third' })],
    found: [['ineligible_target', 'envoy.log:2']],
    clean: '1/2',
  },
  {
    what: 'a target by another name than its id',
    decisions: [decisionLine({ eligible: ['backend'], targets: ['first'] })],
    envoy: [attemptLine(), attemptLine({ target: 'backend' })],
    found: [['ineligible_target', 'envoy.log:2']],
    clean: '1/2',
  },
  {
    what: 'a target that has no id',
    decisions: [decisionLine({ eligible: ['any-model'], targets: [''] })],
    envoy: [attemptLine({ target: 'any-model' })],
    found: [['ineligible_target', 'envoy.log:1']],
    clean: '0/1',
  },
  {
    what: 'an attempt after a block',
    decisions: [blockLine()],
    envoy: [attemptLine()],
    found: [['attempt_after_block', 'envoy.log:1']],
    clean: '0/1',
  },
  {
    what: 'an attempt that rests on a listing',
    decisions: [decisionLine({ via: 'list' })],
    envoy: [attemptLine()],
    found: [['decision_of_listing', 'envoy.log:1']],
    clean: '0/1',
  },
  ...['', null, '-'].map((none) => ({
    what: `an attempt with the decision ${JSON.stringify(none)}`,
    envoy: [attemptLine({ decision_id: none })],
    found: [['no_decision', 'envoy.log:1']] as const,
    clean: '0/1',
  })),
  ...[`${idAt(0)},${idAt(0)}`, 'd-1', idAt(0).toUpperCase(), `${idAt(0)} `].map((id) => ({
    what: `an attempt with the decision ${id}`,
    envoy: [attemptLine({ decision_id: id })],
    found: [['malformed_decision_id', 'envoy.log:1']] as const,
    clean: '0/1',
  })),
  {
    what: 'an attempt with a decision that should be recorded',
    decisions: AROUND,
    envoy: [attemptLine({ decision_id: idAt(0) })],
    found: [['unknown_decision', 'envoy.log:1']],
    clean: '0/1',
  },
  ...[-101, 101].map((afterMs) => ({
    what: `an attempt with a decision from ${String(afterMs)} ms beside the records`,
    decisions: AROUND,
    envoy: [attemptLine({ decision_id: idAt(afterMs) })],
    found: [['decision_not_given', 'envoy.log:1']] as const,
    clean: '0/1',
  })),
  {
    what: 'an attempt without any records',
    decisions: [],
    envoy: [attemptLine()],
    found: [['decision_not_given', 'envoy.log:1']],
    clean: '0/1',
  },
  {
    what: 'a decision that is recorded twice in the same words',
    decisions: [decisionLine(), decisionLine()],
    envoy: [attemptLine()],
    found: [],
    clean: '1/1',
  },
  ...[
    { eligible: ['first'] },
    { eligible: ['second', 'first'] },
    { outcome: 'warn' },
    { bundle: 'sha256:2' },
    { via: 'decide' },
    { time: timeAt(1) },
  ].map((other) => ({
    what: `a decision that is recorded again with ${JSON.stringify(other)}`,
    decisions: [decisionLine(), decisionLine(other)],
    envoy: [attemptLine()],
    found: [
      ['conflicting_decisions', 'ambit.log:2'],
      ['disputed_decision', 'envoy.log:1'],
    ] as const,
    clean: '0/1',
  })),
  {
    what: 'a disputed decision, and a target that only one of the records allows',
    decisions: [decisionLine(), decisionLine({ eligible: ['first'] })],
    envoy: [SECOND],
    found: [
      ['ineligible_target', 'envoy.log:1'],
      ['conflicting_decisions', 'ambit.log:2'],
    ],
    clean: '0/1',
  },
  {
    what: 'a disputed decision, one of whose records blocks',
    decisions: [decisionLine(), blockLine()],
    envoy: [attemptLine()],
    found: [
      ['attempt_after_block', 'envoy.log:1'],
      ['conflicting_decisions', 'ambit.log:2'],
    ],
    clean: '0/1',
  },
  {
    what: 'attempts against the order',
    envoy: [attemptLine({ target: 'second' }), attemptLine({ time: timeAt(9) })],
    found: [['out_of_order', 'envoy.log:2']],
    clean: '1/2',
  },
  {
    what: 'attempts in the order whose lines stand the other way round',
    envoy: [SECOND, attemptLine()],
    found: [],
    clean: '2/2',
  },
  {
    what: 'a target that is tried twice, and so more attempts than targets',
    envoy: [attemptLine(), SECOND, attemptLine({ time: timeAt(12) })],
    found: [['tried_again', 'envoy.log:3']],
    clean: '3/3',
  },
  { what: 'a request as it was decided', envoy: [requestLine(), attemptLine()], found: [] },
  {
    what: 'a request that was blocked',
    decisions: [blockLine()],
    envoy: [requestLine({ outcome: 'BLOCK', eligible: [], attempts: 0, target: null })],
    found: [],
  },
  ...[
    { outcome: 'WARN' },
    { outcome: null },
    { eligible: ['first'] },
    { eligible: ['second', 'first'] },
    { eligible: null },
    { bundle: 'sha256:2' },
    { bundle: null },
  ].map((other) => ({
    what: `a request that was told ${JSON.stringify(other)}`,
    envoy: [requestLine(other), attemptLine()],
    found: [['metadata_disagrees', 'envoy.log:1']] as const,
    clean: '1/1',
  })),
  {
    what: 'a request whose only targets are unknown to Envoy, which is told to block',
    decisions: [decisionLine({ eligible: ['any-model'], targets: [''] })],
    envoy: [requestLine({ outcome: 'BLOCK', eligible: [], attempts: 0, target: null })],
    found: [],
  },
  ...['LIST', 'BLOCK'].map((outcome) => ({
    what: `a request for models that was told ${outcome}`,
    decisions: [decisionLine({ via: 'list' })],
    envoy: [requestLine({ outcome, eligible: [], attempts: 0, target: 'deny' })],
    found: [],
  })),
  ...[
    { via: 'list', told: { outcome: 'ALLOW', eligible: [] } },
    { via: 'list', told: { outcome: 'LIST', eligible: ['first', 'second'] } },
    { via: 'check', told: { outcome: 'LIST', eligible: ['first', 'second'] } },
  ].map(({ via, told }) => ({
    what: `a request that was told ${JSON.stringify(told)} by way of ${via}`,
    decisions: [decisionLine({ via })],
    envoy: [requestLine({ ...told, attempts: 0, target: 'deny' })],
    found: [['metadata_disagrees', 'envoy.log:1']] as const,
  })),
  {
    what: 'a request for models that was told LIST where nothing may be listed',
    decisions: [blockLine({ via: 'list' })],
    envoy: [requestLine({ outcome: 'LIST', eligible: [], attempts: 0, target: 'deny' })],
    found: [['metadata_disagrees', 'envoy.log:1']],
  },
  {
    what: 'a request without a decision that was sent nowhere',
    envoy: [
      requestLine({ decision_id: null, attempts: 0, target: null, outcome: null }),
      requestLine({ decision_id: null, attempts: 1, target: 'deny', outcome: null }),
    ],
    found: [],
  },
  {
    what: 'a request without a decision that reached a target',
    envoy: [requestLine({ decision_id: null })],
    found: [['no_decision', 'envoy.log:1']],
  },
  {
    what: 'a request with a decision that should be recorded',
    decisions: AROUND,
    envoy: [requestLine()],
    found: [['unknown_decision', 'envoy.log:1']],
  },
  {
    what: 'an allowed request that reached no target',
    envoy: [requestLine({ attempts: 1, target: 'deny' })],
    found: [['no_attempt', 'envoy.log:1']],
  },
  {
    what: 'a request whose last attempt was at an ineligible target',
    envoy: [requestLine({ target: 'third' }), attemptLine({ target: 'third' })],
    found: [
      ['ineligible_target', 'envoy.log:1'],
      ['ineligible_target', 'envoy.log:2'],
    ],
    clean: '0/1',
  },
  {
    what: 'an ineligible attempt between two in the order',
    envoy: [
      attemptLine(),
      attemptLine({ target: 'third', time: timeAt(7) }),
      attemptLine({ target: 'third', time: timeAt(8) }),
      SECOND,
    ],
    found: [
      ['ineligible_target', 'envoy.log:2'],
      ['ineligible_target', 'envoy.log:3'],
    ],
    clean: '2/4',
  },
  {
    what: 'an attempt of another request, under the same decision',
    envoy: [attemptLine({ time: timeAt(9), request_id: 'r-2' }), attemptLine()],
    found: [['decision_reused', 'envoy.log:1']],
    clean: '1/2',
  },
  {
    what: 'another request with its attempt, under the same decision',
    envoy: [
      requestLine(),
      attemptLine(),
      requestLine({ request_id: 'r-2', time: timeAt(20) }),
      attemptLine({ request_id: 'r-2', time: timeAt(25) }),
    ],
    found: [
      ['decision_reused', 'envoy.log:3'],
      ['decision_reused', 'envoy.log:4'],
    ],
    clean: '1/2',
  },
  {
    what: 'a second request of the same name, under the same decision',
    envoy: [requestLine(), attemptLine(), requestLine({ time: timeAt(20) })],
    found: [['decision_reused', 'envoy.log:3']],
    clean: '1/1',
  },
  {
    what: 'an attempt without a name beside one that has one',
    envoy: [attemptLine(), attemptLine({ request_id: null, target: 'second', time: timeAt(9) })],
    found: [['decision_reused', 'envoy.log:2']],
    clean: '1/2',
  },
  {
    what: 'a block that two requests were told',
    decisions: [blockLine()],
    envoy: ['r-1', 'r-2'].map((request_id) =>
      requestLine({ request_id, outcome: 'BLOCK', eligible: [], attempts: 0, target: null }),
    ),
    found: [['decision_reused', 'envoy.log:2']],
  },
  {
    what: 'a request whose last attempt is in no log',
    envoy: [requestLine({ attempts: 2, target: 'second' }), attemptLine()],
    found: [['attempt_not_logged', 'envoy.log:1']],
    clean: '1/1',
  },
];

describe('what decisions and logs say together', () => {
  it.each(CASES)('$what', async ({ decisions = [decisionLine()], envoy, found, clean }) => {
    const result = await reconciled(decisions, envoy);
    expect(toldBy(result).toSorted()).toEqual(found.map((each) => tell(...each)).toSorted());
    const isBad = found.some(([code]) => RECONCILE_CODES[code] !== 'info');
    expect([result.hasFindings, result.isClean]).toEqual([isBad, !isBad]);
    const { attempts } = result.counts;
    if (clean !== undefined)
      expect(`${String(attempts.clean)}/${String(attempts.all)}`).toBe(clean);
  });

  it('has a case for each code', () => {
    const met = new Set(CASES.flatMap(({ found }) => found.map(([code]) => code)));
    expect(CODES.filter((code) => !met.has(code))).toEqual([]);
  });

  it('names the target, the decision with its place, and the request', async () => {
    const { findings } = await reconciled([decisionLine()], [attemptLine({ target: 'third' })]);
    expect(findings).toEqual([
      {
        code: 'ineligible_target',
        message:
          'an attempt at `third` was made, and only `first`, `second` may receive the request',
        place: { file: 'envoy.log', line: 1 },
        decisionId: idAt(0),
        requestId: 'r-1',
        decisionPlace: { file: 'ambit.log', line: 1 },
      },
    ]);
  });

  it('puts the worst first, and counts what it does not keep', async () => {
    const many = Array.from({ length: MAX_KEPT_FINDINGS + 5 }, () => attemptLine());
    const result = await reconciled([decisionLine()], [...many, attemptLine({ target: 'third' })]);
    expect(result.findings).toHaveLength(MAX_KEPT_FINDINGS + 1);
    expect(result.findings[0]?.code).toBe('ineligible_target');
    expect(result.found).toEqual({ ineligible_target: 1, tried_again: MAX_KEPT_FINDINGS + 4 });
  });
});
