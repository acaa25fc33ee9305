import type { ValueReader } from '../yaml/reader';

/** Powers of ten between what a list counts in and USD per million tokens. */
export const PER_TOKEN = 6;
export const PER_MILLION_TOKENS = 0;

/** Digits of a price that are kept. Lists hold results of floating-point sums, whose last digits mean nothing. */
const PRICE_DIGITS = 12;

/** Decimal notation, as JSON has it. */
const DECIMAL = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/u;

/**
 * Reads a price, in USD per million tokens. Some lists write it as text. The point is moved in the digits as they are
 * written, so that `1.25e-06` a token is 1.25 and not its neighbour. Undefined: it is no number, which was reported.
 */
export function readPrice(reader: ValueReader, shift: number): number | undefined {
  const { node } = reader;
  const isScalar = node.kind === 'scalar' && node.value !== null && typeof node.value !== 'boolean';
  const source = isScalar ? node.source : '';
  if (!DECIMAL.test(source)) {
    reader.failType('a decimal number', { help: 'fetch the list again: its prices are numbers' });
    return undefined;
  }
  const [mantissa = '', exponent = '0'] = source.toLowerCase().split('e');
  const price = roundPrice(Number(`${mantissa}e${String(Number(exponent) + shift)}`));
  const isLost = price === 0 && /[1-9]/u.test(mantissa);
  if (Number.isFinite(price) && !isLost) return price;
  reader.fail('out_of_range', `${reader.name} is no price that can be kept`, {
    help: 'correct the number',
  });
  return undefined;
}

/** A price without the digits that arithmetic has left in it. */
export function roundPrice(price: number): number {
  return Number(price.toPrecision(PRICE_DIGITS));
}
