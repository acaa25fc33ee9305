import type { VectorAnswer } from './vector';

/** One way in which an answer is not what was expected. */
export interface Mismatch {
  readonly key: string;
  readonly expected: unknown;
  readonly got: unknown;
}

type Reasons = Readonly<Record<string, string>>;
/** Gives SAME, or what was got instead. */
type Check = (expected: unknown, answer: VectorAnswer, reasons: Reasons) => unknown;

const SAME = Symbol('same');

/** Every key of an expectation that the runner understands. */
const CHECKS: Readonly<Record<string, Check>> = {
  eligible: (expected, answer) => equal(expected, answer.eligible),
  blocked: (expected, answer, reasons) =>
    Array.isArray(expected)
      ? equal(expected, Object.keys(answer.blocked))
      : checkBlocked(expected, answer, reasons),
  http_status: (expected, answer) => equal(expected, answer.httpStatus),
  error_code: (expected, answer) => equal(expected, answer.errorCode),
  config_error: (expected, answer) => equal(expected, answer.configError),
  proceeds: (expected, answer) => equal(expected, answer.outcome !== 'block'),
  logged_warning: (expected, answer) => equal(expected, answer.outcome === 'warn'),
  must_not_use: (expected, answer) => {
    const used = answer.eligible.filter((ref) => asList(expected).includes(ref));
    return used.length === 0 ? SAME : used;
  },
};

/** Everything in which the answer differs. A key that is not understood differs, so none is skipped. */
export function findMismatches(
  expectation: Readonly<Record<string, unknown>>,
  answer: VectorAnswer,
  reasons: Reasons,
): readonly Mismatch[] {
  return Object.entries(expectation).flatMap(([key, expected]) => {
    const got = checkKey(key, expected, answer, reasons);
    return got === SAME ? [] : [{ key, expected, got }];
  });
}

/**
 * The widest answer that is still on the fail-closed side: what every list of eligible targets in the
 * expectation agrees on; undefined if it has none.
 */
export function failClosedSide(
  expectation: Readonly<Record<string, unknown>>,
): readonly string[] | undefined {
  const lists = Object.entries(expectation)
    .filter(([key, value]) => key.endsWith('eligible') && Array.isArray(value))
    .map(([, value]) => asList(value));
  const [first, ...others] = lists;
  if (first === undefined) return undefined;
  return first.filter((ref) => others.every((list) => list.includes(ref)));
}

function checkKey(key: string, expected: unknown, answer: VectorAnswer, reasons: Reasons): unknown {
  if (Object.hasOwn(CHECKS, key)) return CHECKS[key]?.(expected, answer, reasons);
  const { more = {} } = answer;
  return Object.hasOwn(more, key)
    ? equal(expected, more[key])
    : `the runner does not understand \`${key}\``;
}

function checkBlocked(expected: unknown, answer: VectorAnswer, reasons: Reasons): unknown {
  const wanted = Object.entries(expected as Record<string, readonly string[]>);
  const got = Object.fromEntries(
    wanted.map(([ref]) => [ref, [...(answer.blocked[ref] ?? [])].sort()]),
  );
  const mapped = Object.fromEntries(
    wanted.map(([ref, names]) => [ref, names.map((name) => reasons[name] ?? name).sort()]),
  );
  const stray = wanted.length === 0 ? answer.blocked : {};
  return Object.keys(stray).length === 0 ? equal(mapped, got) : stray;
}

function equal(expected: unknown, got: unknown): unknown {
  return JSON.stringify(expected) === JSON.stringify(got) ? SAME : got;
}

function asList(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
