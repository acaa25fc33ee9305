import { seededSource, chance, pick } from '../../generators/source';
import { runs, SEED, Spread } from '../../laws/support/runs';
import { recordsInLog } from '../../../src/service/reconcile/decision-lines';
import { reconcile } from '../../../src/service/reconcile/reconcile';
import type { Reconciliation } from '../../../src/service/reconcile/reconciliation';
import { createLineSplitter } from '../../../src/sources/files/line-splitter';
import type { FileLines } from '../../../src/ports/log-lines';
import {
  attemptLine,
  blockLine,
  decisionLine,
  fileOf,
  idAt,
  reconciled,
  requestLine,
  timeAt,
} from './support/lines';

const DEEP = 100_000;

/** Lines that neither a record nor a line of Envoy's can be. */
const NEVER: readonly (readonly [what: string, line: string])[] = [
  ['no JSON', 'attempt'],
  ['a line cut short', attemptLine().slice(0, -5)],
  ['two objects', `${attemptLine()}${attemptLine()}`],
  ['a list', `[${attemptLine()}]`],
  ['a text', '"attempt"'],
  ['null', 'null'],
  ['an object of nothing', '{}'],
  ['JSON that is too deep to be one', '['.repeat(DEEP)],
  [
    'an object with a deep value in place of its kind',
    `{"log":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`,
  ],
];

const WRONG_RECORDS: readonly object[] = [
  { service: 'other' },
  { msg: 1 },
  { decision_id: 'd-1' },
  { decision_id: undefined },
  { time: 'now' },
  { time: 1_769_774_400_000 },
  { time: '2026-02-31T99:00:00Z' },
  { via: '' },
  { via: undefined },
  { outcome: 'maybe' },
  { outcome: 'block' },
  { eligible: [] },
  { eligible: 'first' },
  { eligible: ['first', 1] },
  { eligible: undefined },
  { targets: 'first' },
  { targets: ['first'] },
  { bundle: 1 },
];

const WRONG_ATTEMPTS: readonly object[] = [
  { log: 'attempts' },
  { log: undefined },
  { time: undefined },
  { time: timeAt(0).replace('Z', '') },
  { decision_id: 1 },
  { decision_id: [idAt(0)] },
  { target: undefined },
  { target: '-' },
  { target: ['first'] },
  { request_id: 1 },
];

const WRONG_REQUESTS: readonly object[] = [
  { time: undefined },
  { decision_id: {} },
  { outcome: 1 },
  { bundle: [] },
  { target: 1 },
  { eligible: 'first' },
  { eligible: [1] },
  { attempts: '1' },
];

const WRONG_ENVOY_LINES = [
  ...NEVER.map(([, line]) => line),
  ...WRONG_ATTEMPTS.map((fields) => attemptLine(fields as Record<string, unknown>)),
  ...WRONG_REQUESTS.map((fields) => requestLine(fields as Record<string, unknown>)),
  decisionLine(),
];

function expectOneUnreadable(result: Reconciliation, file: string): void {
  expect(result.unreadable).toEqual([
    { place: { file, line: 2 }, problem: expect.stringMatching(/^its? /) as string },
  ]);
  expect([result.isClean, result.hasFindings]).toEqual([false, false]);
  expect(result.counts).toMatchObject({ unreadable: 1, attempts: { all: 1, clean: 1 } });
}

describe('a line of the records that cannot be read', () => {
  it.each([
    ...NEVER.map(([, line]) => line),
    ...WRONG_RECORDS.map((fields) => decisionLine(fields as Record<string, unknown>)),
    attemptLine(),
    requestLine(),
  ])('leaves it unproven: %.90s', async (line) => {
    expectOneUnreadable(await reconciled([decisionLine(), line], [attemptLine()]), 'ambit.log');
  });

  it('is none of the other lines that ambit writes', async () => {
    const other = JSON.stringify({ service: 'ambit', level: 'info', msg: 'listening' });
    expect((await reconciled([other, decisionLine()], [attemptLine()])).isClean).toBe(true);
  });

  it('is told to be of a trail where it is', async () => {
    const trail = JSON.stringify({ seq: 1, prev: 'a', kind: 'note', note: {}, hash: 'b' });
    const problemOf = async (line: string): Promise<unknown> =>
      (await reconciled([line], [attemptLine()])).unreadable.map(({ problem }) => problem);
    expect(await problemOf(trail)).toEqual([
      'it is a line of a trail, and not of the log of `ambit serve`',
    ]);
    expect(await problemOf('{}')).toEqual(['it is no line of the log of `ambit serve`']);
  });
});

describe('a line of Envoy’s that cannot be read', () => {
  it.each(WRONG_ENVOY_LINES)('leaves it unproven: %.90s', async (line) => {
    expectOneUnreadable(await reconciled([decisionLine()], [attemptLine(), line]), 'envoy.log');
  });

  it('is told without anything of what it holds', async () => {
    const { unreadable } = await reconciled([], ['canary', attemptLine({ target: ['canary'] })]);
    expect(unreadable).toHaveLength(2);
    expect(JSON.stringify(unreadable)).not.toContain('canary');
  });
});

/** A whole log as the reader makes lines of it. */
async function* logOf(file: string, bytes: Buffer): AsyncGenerator<FileLines, void, undefined> {
  const splitter = createLineSplitter(LONGEST_BYTES);
  yield await Promise.resolve({ file, lines: splitter.push(bytes) });
  yield { file, lines: splitter.end() };
}

/** Bytes that a line may have here. */
const LONGEST_BYTES = 2000;

describe('a damaged log', () => {
  it('never makes anything clean that was not, nor throws, whatever its bytes are', async () => {
    const spread = new Spread();
    for (let run = 0; run < runs(2000); run += 1) {
      const source = seededSource(SEED + run);
      const lines = [
        attemptLine(),
        attemptLine({ target: 'third' }),
        attemptLine({ decision_id: null }),
        attemptLine({ decision_id: idAt(1) }),
        ...(chance(source, 10) ? [`"${'x'.repeat(LONGEST_BYTES)}"`] : []),
      ];
      const bytes = Buffer.from(`${lines.join('\n')}\n`);
      const changes = source.below(4);
      for (let change = 0; change < changes; change += 1) {
        bytes[source.below(bytes.length)] = pick(source, [0, 10, 34, 92, 123, 0x80, 0xff]);
      }
      const result = await reconcile({
        records: recordsInLog(
          fileOf('ambit.log', [decisionLine(), blockLine({ decision_id: idAt(1) })]),
        ),
        envoyLog: logOf('envoy.log', bytes),
        window: {},
      });
      if ('tooMany' in result) throw new Error('too many');
      const { counts, isClean, unreadable } = result.reconciliation;
      expect(isClean).toBe(false);
      expect(counts.attempts.clean).toBeLessThanOrEqual(1);
      if (changes === 0 && lines.length === 4)
        expect(counts.attempts).toEqual({ all: 4, clean: 1 });
      for (const { problem } of unreadable) spread.add(problem.replace(/`.*/, '').trim());
      spread.add(counts.unreadable > 0 ? 'some unreadable' : 'all readable');
    }
    spread.expectAtLeast(100, 'some unreadable', 'all readable', 'it is no JSON');
    spread.expectAtLeast(
      100,
      'it is not UTF-8 text',
      `it is longer than ${String(LONGEST_BYTES)} bytes`,
    );
  });
});
