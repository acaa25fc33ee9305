import { knownKeys } from './known-keys';

test('the samples hold every key that the decoder knows', () => {
  const { known, sampled } = knownKeys();
  expect([...sampled].toSorted()).toEqual([...known].toSorted());
  expect(known.size).toBeGreaterThan(100);
});
