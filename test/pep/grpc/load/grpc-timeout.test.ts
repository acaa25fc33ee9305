import { LONGEST_TIMEOUT, readTimeoutMs } from '../../../../src/pep/grpc/load/grpc-timeout';

describe('grpc-timeout', () => {
  it.each([
    ['2H', 7_200_000],
    ['3M', 180_000],
    ['4S', 4000],
    ['5m', 5],
    ['1500u', 1.5],
    ['2000000n', 2],
    ['0m', 0],
  ])('%s', (header, timeoutMs) => {
    expect(readTimeoutMs(header)).toBeCloseTo(timeoutMs, 9);
  });

  it.each([
    ['5'],
    ['123456789m'],
    ['-1m'],
    ['1e3m'],
    ['m'],
    ['xm'],
    ['5h'],
    ['1m, 2m'],
    ['1 m'],
    [' 1m'],
    [''],
    [['1m', '2m']],
  ])('%j is no time', (header) => {
    expect(readTimeoutMs(header)).toBeUndefined();
  });

  it('has a longest one, of which the milliseconds are a number of 31 bits', () => {
    const { header, milliseconds } = LONGEST_TIMEOUT;
    expect(readTimeoutMs(header)).toBe(milliseconds);
    expect(milliseconds | 0).toBe(milliseconds);
    expect(((milliseconds + 1000) | 0) > 0).toBe(false);
  });
});
