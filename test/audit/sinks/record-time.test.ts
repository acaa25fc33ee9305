import { partitionOf } from '../../../src/audit/sinks/postgres-schema';
import { recordTimeMs } from '../../../src/audit/sinks/record-time';

describe('the time of a record', () => {
  it.each([
    ['{"at":"2026-03-01T00:00:00.250Z"}', Date.UTC(2026, 2, 1, 0, 0, 0, 250)],
    ['{"time":"2026-03-01T00:00:00Z","x":1}', Date.UTC(2026, 2, 1)],
    ['{"at":"2026-03-01T00:00:00Z","time":"2027-03-01T00:00:00Z"}', Date.UTC(2026, 2, 1)],
    ['{"at":"2026-13-01T00:00:00Z"}', 0],
    ['{"at":"2026-03-01"}', 0],
    ['{"at":"Sun, 01 Mar 2026 00:00:00 GMT"}', 0],
    ['{"at":5}', 0],
    ['{}', 0],
    ['null', 0],
    ['"2026-03-01T00:00:00Z"', 0],
  ])('of %s', (json, timeMs) => {
    expect(recordTimeMs(json)).toBe(timeMs);
  });
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
