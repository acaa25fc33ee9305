import fc from 'fast-check';
import { readJson } from '../../../src/dialects/catalogs/read-json';
import { PER_MILLION_TOKENS, PER_TOKEN, readPrice } from '../../../src/dialects/catalogs/price';
import { check } from '../support/check';

/** The price that a JSON text states, and the codes of what is wrong with it. */
function priceOf(text: string, shift: number): readonly [number | undefined, readonly string[]] {
  const { documents, report } = readJson({ name: 'p', text });
  const [value] = documents;
  const price = value === undefined ? undefined : readPrice(value, shift);
  return [price, report.findings().map(({ code }) => code)];
}

describe('reading a price', () => {
  it.each([
    ['1.25e-06', PER_TOKEN, 1.25],
    ['"0.00000125"', PER_TOKEN, 1.25],
    ['0.000003', PER_TOKEN, 3],
    ['9.499999999999999e-07', PER_TOKEN, 0.95],
    ['2.0000000000000002e-07', PER_TOKEN, 0.2],
    ['5.46875e-07', PER_TOKEN, 0.546875],
    ['1E-9', PER_TOKEN, 0.001],
    ['1.25', PER_MILLION_TOKENS, 1.25],
    ['-1', PER_TOKEN, -1_000_000],
    ['0', PER_TOKEN, 0],
    ['-0.0', PER_TOKEN, 0],
  ])('reads %s', (text, shift, price) => {
    expect(priceOf(text, shift)).toEqual([price, []]);
  });

  it.each([
    ['"free"', 'wrong_type'],
    ['""', 'wrong_type'],
    ['"0x10"', 'wrong_type'],
    ['"1e"', 'wrong_type'],
    ['" 1"', 'wrong_type'],
    ['"Infinity"', 'wrong_type'],
    ['true', 'wrong_type'],
    ['null', 'null_value'],
    ['[1]', 'wrong_type'],
    ['{}', 'wrong_type'],
    ['1e999', 'out_of_range'],
    ['1e-999', 'out_of_range'],
  ])('refuses %s', (text, code) => {
    expect(priceOf(text, PER_TOKEN)).toEqual([undefined, [code]]);
  });

  it('moves the point exactly', () => {
    const anyPrice = fc.record({
      cents: fc.nat(9_999_999),
      digits: fc.integer({ min: 0, max: 6 }),
    });
    check(anyPrice, 1000, ({ cents, digits }) => {
      const perToken = `${String(cents)}e-${String(digits + 6)}`;
      expect(priceOf(perToken, PER_TOKEN)).toEqual([
        Number(`${String(cents)}e-${String(digits)}`),
        [],
      ]);
    });
  });
});
