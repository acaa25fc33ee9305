import { chance, pick, type Source } from '../../generators/source';

/** Parts of texts at which decoders and patterns may part: edges of what is allowed, and what looks like it. */
const FRAGMENTS: readonly string[] = [
  ...['a', 'Z', '0', '9', 'any', 'ANY', 'Any', 'eu', 'DE', 'gb', 'global', 'fp8', 'x'],
  ...['.', '_', '-', '/', ':', '@', '*', '+', '~', '!', '#', '?', '%', '\\', ',', '&', '|'],
  ...['{', '}', '{model}', '{providers}', '{mode}', '{models}', '{Model}', '{}', '{_a}'],
  ...['[', ']', '[::1]', '[fe80::1]', 'a.b', 'localhost', '127.0.0.1', '999.1.1.1', 'xn--a'],
  ...[' ', '  ', '\t', '\n', '\u00A0', '\u3000', '\u2028', '\u2029', '\uFEFF', '\u0085'],
  ...['\u200B', '\u00AD', '\u202E', '\u0000', '\u007F', '\uE000', '\u0378', '\uFFFD', '\uD800'],
  ...['\u00E9', '\u0430', '\u00DF', '\u0130', '\u017F', '\u212A', '\u{1F600}', '\u{10FFFF}'],
  ...['https://', 'http://', 'HTTPS://', 'http\u017F://', 'ftp://', 'https:', '://', '//'],
  ...['https://a.b', 'https://a.b/c', 'https://u@a.b', 'https://u:p@a.b', 'https://:@a.b'],
  ...['https://@a.b', 'https://a.b?', 'https://a.b#', 'https://a.b?q', 'https://a.b#f', 'u@'],
  ...['true', 'false', 'null', 'deny', 'allow', 'type2', 'tenant', 'scope', 'labels', 'gdpr'],
];

const YEARS = ['0000', '1900', '2000', '2024', '2026', '9999', '-001', '20266'] as const;
const TWO_DIGITS = [
  '00',
  '01',
  '02',
  '04',
  '12',
  '13',
  '23',
  '24',
  '28',
  '29',
  '30',
  '31',
  '32',
  '59',
  '60',
  '1',
] as const;
const FRACTIONS = [
  '',
  '',
  '.0',
  '.5',
  '.000000000',
  '.123456789',
  '.1234567890',
  '.',
  ',5',
] as const;
const ZONES = ['Z', 'z', '+01:00', '-23:59', '+24:00', '+00:60', '', '+0100', ' Z'] as const;

/** A date or time, or what nearly is one. */
export function nearInstant(source: Source): string {
  const two = (): string => pick(source, TWO_DIGITS);
  const day = `${pick(source, YEARS)}-${two()}-${two()}`;
  if (chance(source, 40)) return day;
  const time = `${two()}:${chance(source, 50) ? '00:00' : `${two()}:${two()}`}`;
  return `${day}${pick(source, ['T', 't', ' '])}${time}${pick(source, FRACTIONS)}${pick(source, ZONES)}`;
}

/** A text of a few fragments, mostly a strange one. */
export function strangeText(source: Source): string {
  const count = 1 + source.below(3);
  const text = Array.from({ length: count }, () => pick(source, FRAGMENTS)).join('');
  if (chance(source, 90)) return text;
  return text.repeat(pick(source, [30, 64, 128, 200, 1400]));
}

const NUMBERS: readonly number[] = [
  ...[0, -0, 1, 2, 7, 30, 400, 403, 404, 443, 451, 65_535, 65_536, 0.5, 1.5, 2.25, -1, -0.5],
  ...[1e-7, 1e-300, 5e-324, 0.1 + 0.2, 1e15, 1e15 + 1, 1e16, 1e21, 1.5e300],
  ...[Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1, 2 ** 53, 123_456_789_012_345],
];

/** A number, often one at the edge of what is allowed. */
export function strangeNumber(source: Source): number {
  return chance(source, 70) ? pick(source, NUMBERS) : source.below(1_000_000) / 8;
}
