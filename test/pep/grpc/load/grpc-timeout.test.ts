import { readTimeoutMs } from '../../../../src/pep/grpc/load/grpc-timeout';

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
    [undefined],
    ['5'],
    ['123456789m'],
    ['-1m'],
    ['1e3m'],
    ['m'],
    ['xm'],
    ['5h'],
    [['1m', '2m']],
  ])('%j names no time; the library judges it', (header) => {
    expect(readTimeoutMs(header)).toBeUndefined();
  });
});
