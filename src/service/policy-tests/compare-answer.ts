import type { Block, Decision } from '../../core/model/decision';
import type { Finding } from '../../core/model/finding';
import type {
  BlockField,
  ExpectedBlockField,
  ExpectedDecision,
  JsonValue,
} from '../../ports/policy-test';
import { testFinding } from './test-finding';

/** UTF-16 units of a value that a message shows. */
const MAX_SHOWN_CHARS = 400;

/** Holds the block of a decision against what a case names of it. Where nothing is blocked the outcome says so. */
export function compareBlock(
  expected: readonly ExpectedBlockField[],
  block: Block | undefined,
): readonly Finding[] {
  if (block === undefined) return [];
  return expected.flatMap((field) => {
    const got = partOf(block, field);
    if (got !== undefined && isEqual(field.value, got)) return [];
    const found = got === undefined ? 'is no JSON' : `is ${show(got)}`;
    const message = `\`block.${field.name}\` is expected to be ${show(field.value)}, and ${found}`;
    return [testFinding({ code: 'unexpected_answer', at: field, message })];
  });
}

/** Holds the warnings of a decision against all that a case expects. */
export function compareWarnings(
  expected: NonNullable<ExpectedDecision['warnings']>,
  { warnings }: Decision,
): readonly Finding[] {
  const got = warnings.map(({ code }) => code);
  if (isEqual(expected.value, got)) return [];
  const message = `\`warnings\` is expected to be ${show(expected.value)}, and is ${show(got)}`;
  return [testFinding({ code: 'unexpected_answer', at: expected, message })];
}

/** The part of the block; a body that the case writes as a mapping is read as JSON, undefined if it is none. */
function partOf(block: Block, { name, value }: ExpectedBlockField): JsonValue | undefined {
  if (name !== 'body') return plainPart(block, name);
  return typeof value === 'string' ? block.body : parseJson(block.body);
}

function plainPart(block: Block, name: Exclude<BlockField, 'body'>): JsonValue {
  switch (name) {
    case 'code':
      return block.code;
    case 'layer':
      return block.layer;
    case 'policy':
      return block.policy;
    case 'message':
      return block.message;
    case 'http_status':
      return block.httpStatus;
    case 'content_type':
      return block.contentType;
    case 'providers_considered':
      return block.providersConsidered;
  }
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    // A dialect's body may be plain text: then no mapping is equal to it, which is what the failure says.
    return undefined;
  }
}

/** Equal as JSON is: the order of keys does not count. */
function isEqual(left: JsonValue, right: JsonValue): boolean {
  return canonical(left) === canonical(right);
}

function canonical(value: JsonValue): string {
  return JSON.stringify(value, (_, part: JsonValue) =>
    part === null || typeof part !== 'object' || Array.isArray(part)
      ? part
      : Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1))),
  );
}

function show(value: JsonValue): string {
  const text = typeof value === 'string' ? `\`${value}\`` : JSON.stringify(value);
  return text.length > MAX_SHOWN_CHARS ? `${text.slice(0, MAX_SHOWN_CHARS)}…` : text;
}
