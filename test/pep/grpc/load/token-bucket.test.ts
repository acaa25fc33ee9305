import { createTokenBucket } from '../../../../src/pep/grpc/load/token-bucket';

function takes(bucket: ReturnType<typeof createTokenBucket>, times: number, nowMs: number): number {
  let taken = 0;
  for (let each = 0; each < times; each += 1) if (bucket.take(nowMs)) taken += 1;
  return taken;
}

describe('token bucket', () => {
  it('gives what it holds, and no more at the same instant', () => {
    expect(takes(createTokenBucket(5, 10), 8, 0)).toBe(5);
  });

  it('fills with time, and never above its size', () => {
    const bucket = createTokenBucket(5, 10);
    takes(bucket, 5, 0);
    expect(takes(bucket, 8, 200)).toBe(2);
    expect(takes(bucket, 8, 60_000)).toBe(5);
  });

  it('takes back what was good after all, up to its size', () => {
    const bucket = createTokenBucket(2, 0);
    bucket.giveBack();
    expect(takes(bucket, 5, 0)).toBe(2);
    bucket.giveBack();
    expect(takes(bucket, 5, 0)).toBe(1);
  });

  it('holds more than its size where that was earned, which time neither fills nor takes', () => {
    const bucket = createTokenBucket(2, 1, 4);
    for (let each = 0; each < 9; each += 1) bucket.giveBack();
    expect(takes(bucket, 1, 0)).toBe(1);
    expect(takes(bucket, 8, 60_000)).toBe(3);
    expect(takes(bucket, 8, 120_000)).toBe(2);
  });

  it('is not filled by a clock that is set back', () => {
    const bucket = createTokenBucket(1, 1000);
    expect(takes(bucket, 1, 5000)).toBe(1);
    expect(takes(bucket, 1, 0)).toBe(0);
  });
});
