import { celEnv, isCelError, plan } from '@bufbuild/cel';
import type { CelInput } from '@bufbuild/cel';
import { CLAIM_TYPES, isKnownClaimName, type ClaimValue } from '../../core/model/claim';
import type {
  ExpressionInput,
  ExpressionProgram,
  ExpressionResult,
} from '../../core/model/requirement';
import { MAX_INPUT_CHARS, MAX_INPUT_ITEMS } from './cel-limits';
import type { ParsedCel } from './cel-tree';

/** UTF-16 units of an error text: it is shown in reasons. */
const MAX_ERROR_CHARS = 200;

/**
 * Makes a checked expression callable. Total: whatever goes wrong, and whatever comes out that is not true or
 * false, is an error, which blocks. Inputs over the bounds are errors too; the cost bound relies on them.
 */
export function createCelProgram(parsed: ParsedCel): ExpressionProgram {
  const evaluate = plan(celEnv(), parsed) as (bindings: Record<string, CelInput>) => unknown;
  return (input) => {
    try {
      const problem = boundProblem(input);
      if (problem !== undefined) return { error: problem };
      return toResult(evaluate(toBindings(input)));
    } catch (cause) {
      return toError(cause);
    }
  };
}

function toResult(value: unknown): ExpressionResult {
  if (typeof value === 'boolean') return { holds: value };
  if (isCelError(value)) return toError(value);
  return { error: 'the expression came out neither true nor false' };
}

/** The text is cut, and without line breaks, because reasons are one line. */
function toError(cause: unknown): ExpressionResult {
  const text = cause instanceof Error ? cause.message : 'unknown failure';
  const shown = text.replace(/\p{C}+/gu, ' ').slice(0, MAX_ERROR_CHARS);
  return { error: `the expression failed: ${shown}` };
}

function boundProblem({ claims, attributes }: ExpressionInput): string | undefined {
  if (attributes.size > MAX_INPUT_ITEMS) return 'the request has too many attributes';
  const isFine = [...claims.values(), ...attributes.values()].every(isWithinBounds);
  return isFine ? undefined : 'a claim or attribute is too long for an expression';
}

function isWithinBounds(value: ClaimValue): boolean {
  if (typeof value === 'string') return value.length <= MAX_INPUT_CHARS;
  if (typeof value !== 'object') return true;
  return value.length <= MAX_INPUT_ITEMS && value.every((item) => item.length <= MAX_INPUT_CHARS);
}

function toBindings({ claims, attributes }: ExpressionInput): Record<string, CelInput> {
  const inputs = [...claims].map(([name, value]) => [name, toInput(name, value)] as const);
  return { claims: new Map(inputs), attributes: new Map(attributes) };
}

/** Days are whole numbers in CEL, prices are not: without the distinction 2 and 2.5 would differ in type. */
function toInput(name: string, value: ClaimValue): CelInput {
  if (typeof value === 'object') return [...value];
  if (typeof value !== 'number') return value;
  const isDays = isKnownClaimName(name) && CLAIM_TYPES[name] === 'days';
  return isDays && Number.isSafeInteger(value) ? BigInt(value) : value;
}
