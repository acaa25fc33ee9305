import { partitionOf } from '../../../src/audit/sinks/postgres-schema';
import { factsOf } from '../../../src/audit/sinks/line-facts';

const DAY = Date.UTC(2026, 2, 1);

const line = (kind: string, content: unknown): string =>
  JSON.stringify({ seq: 1, prev: '', kind, [kind]: content, hash: '' });

describe('the facts of a line', () => {
  it.each([
    ['record', { at: '2026-03-01T00:00:00.250Z' }, DAY + 250],
    ['record', { time: '2026-03-01T00:00:00Z', x: 1 }, DAY],
    ['record', { at: '2026-03-01T00:00:00Z', time: '2027-03-01T00:00:00Z' }, DAY],
    ['record', { version: 1, event: { time: DAY + 7 } }, DAY + 7],
    ['record', { at: '2026-03-01T00:00:00Z', event: { time: 5 } }, DAY],
    ['gap', { at: '2026-03-01T00:00:00.000Z', counts: {} }, DAY],
    ['note', { at: '2026-03-01T00:00:00.000Z', cutBytes: 1 }, DAY],
    ['rotation', { from: 'a', to: 'b' }, 0],
    ['record', { at: '2026-13-01T00:00:00Z' }, 0],
    ['record', { at: '2026-03-01' }, 0],
    ['record', { at: '0000-03-01T00:00:00Z' }, 0],
    ['record', { at: '9999-03-01T00:00:00Z' }, 0],
    ['record', { at: 'Sun, 01 Mar 2026 00:00:00 GMT' }, 0],
    ['record', { event: { time: 1.5 } }, 0],
    ['record', { event: { time: -1 } }, 0],
    ['record', { event: { time: 1e16 } }, 0],
    ['record', { event: null, at: true }, 0],
    ['record', {}, 0],
    ['record', null, 0],
  ])('of a %s with %j', (kind, content, timeMs) => {
    expect(factsOf(line(kind, content))).toEqual({ kind, timeMs });
  });

  it.each(['{}', 'null', '"2026-03-01T00:00:00Z"', '{"kind":"other","other":{"at":5}}'])(
    'of %s, which is no line of a trail, are none',
    (json) => {
      expect(factsOf(json)).toEqual({ kind: 'line', timeMs: 0 });
    },
  );
});

describe('a partition', () => {
  it.each([
    [Date.UTC(2026, 1, 28, 23, 59, 59, 999), 'day', '2026_02_28', ['2026-02-28', '2026-03-01']],
    [Date.UTC(2026, 2, 1), 'day', '2026_03_01', ['2026-03-01', '2026-03-02']],
    [Date.UTC(2026, 11, 31, 23), 'month', '2026_12', ['2026-12-01', '2027-01-01']],
    [0, 'month', '1970_01', ['1970-01-01', '1970-02-01']],
  ] as const)('of %d by %s ends in %s', (timeMs, by, suffix, days) => {
    const [from, to] = days.map((day) => `${day}T00:00:00.000Z`);
    expect(partitionOf(timeMs, by)).toEqual({ suffix, from, to });
  });
});
