import { quote, type Located } from './source-text';
import type { Value } from './value';

/** What a number must be. */
export interface NumberRules {
  readonly whole?: boolean;
  /** Absent: 0. */
  readonly min?: number;
  /** Absent: the largest whole number that is exact. */
  readonly max?: number;
}

/** Decimal notation only: `0x10`, `0o7`, `.inf` and leading zeros are read differently by different tools. */
const DECIMAL = /^[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/u;

/** Decimal digits that a number keeps exactly. With more it would silently become its neighbour, or 0. */
const MAX_DIGITS = 15;

/** Reads a number; see ValueReader.number. A wrong one is never answered with another number. */
export function readNumber(reader: Value, rules: NumberRules): Located<number> | undefined {
  const { node } = reader;
  if (node.kind !== 'scalar' || typeof node.value !== 'number') {
    rejectType(reader, rules);
    return undefined;
  }
  if (!DECIMAL.test(node.source)) {
    const message = `${reader.name} must be a decimal number, and this is ${quote(node.source)}`;
    reader.fail('wrong_type', message, { help: 'write it with the digits 0 to 9' });
    return undefined;
  }
  if (rejectRange(reader, node.value, rules)) return undefined;
  if (!isExact(node.source, node.value)) {
    const message = `${reader.name} is a number that cannot be kept exactly`;
    const help = `write at most ${String(MAX_DIGITS)} digits, without an exponent`;
    reader.fail('out_of_range', message, { help });
    return undefined;
  }
  // Adding 0 turns -0, which compares like 0 but prints differently, into 0.
  const { position, endColumn } = reader.span;
  return { value: node.value + 0, position, endColumn };
}

function isExact(source: string, value: number): boolean {
  const mantissa = source.replace(/[eE].*$/u, '').replace(/[-+.]/gu, '');
  const digits = mantissa.replace(/^0+|0+$/gu, '');
  return digits.length <= MAX_DIGITS && (value !== 0 || digits === '');
}

function rejectType(reader: Value, rules: NumberRules): void {
  const { node } = reader;
  const expected = rules.whole === true ? 'a whole number' : 'a number';
  const isNumeric = node.kind === 'scalar' && node.quoted && DECIMAL.test(node.source);
  if (isNumeric) {
    const message = `${reader.name} must be ${expected}, and ${quote(node.source)} in quotes is text`;
    const help = `write ${node.source} without quotes`;
    reader.fail('quoted_number', message, { help, replacement: node.source });
  } else reader.failType(expected);
}

function rejectRange(reader: Value, value: number, rules: NumberRules): boolean {
  const { min = 0, max = Number.MAX_SAFE_INTEGER, whole = false } = rules;
  const bounds = `a number from ${String(min)} to ${String(max)}`;
  const help = max === Number.MAX_SAFE_INTEGER ? `write ${String(min)} or more` : `write ${bounds}`;
  if (value < min && min === 0) {
    reader.fail('negative_number', `${reader.name} must not be negative`, { help });
  } else if (value < min || value > max) {
    reader.fail('out_of_range', `${reader.name} must be ${bounds}`, { help });
  } else if (whole && !Number.isInteger(value)) {
    const message = `${reader.name} must be a whole number`;
    reader.fail('fractional_number', message, { help: 'write it without a fraction' });
  } else return false;
  return true;
}
