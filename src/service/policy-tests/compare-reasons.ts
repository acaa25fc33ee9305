import type { Finding } from '../../core/model/finding';
import type { Reason } from '../../core/model/reason';
import type { ExpectedReason, ExpectedVerdict, Mark, ReasonField } from '../../ports/policy-test';
import { testFinding } from './test-finding';

/** Places of rules that a failure shows; the first ones lead. */
const MAX_PLACES_SHOWN = 3;

/** Holds the reasons of a target against those that it must have. */
export function compareReasons(
  { ref, reasons: expected }: ExpectedVerdict,
  got: readonly Reason[],
): readonly Finding[] {
  if (expected.kind === 'first') {
    const wrong = firstWrong(expected.reason, got[0]);
    if (wrong === undefined) return [];
    return [mismatch(ref.value, { at: wrong, wanted: wordExpected(expected.reason), got })];
  }
  const { reasons, at } = expected;
  const index = reasons.findIndex((each, place) => firstWrong(each, got[place]) !== undefined);
  const reason = reasons[index];
  if (reason !== undefined) {
    const wrong = firstWrong(reason, got[index]) ?? reason;
    const wanted = `${wordExpected(reason)} as reason ${String(index + 1)}`;
    return [mismatch(ref.value, { at: wrong, wanted, got })];
  }
  if (reasons.length === got.length) return [];
  const wanted = `${String(reasons.length)} of them and no other`;
  return [mismatch(ref.value, { at, wanted, got })];
}

function mismatch(
  ref: string,
  parts: { readonly at: Mark; readonly wanted: string; readonly got: readonly Reason[] },
): Finding {
  const { at, wanted, got } = parts;
  const found = got.length === 0 ? 'none' : got.map(wordReason).join('; ');
  return testFinding({
    code: 'unexpected_reason',
    at,
    message: `\`${ref}\` is expected to have the reason ${wanted}, and has ${found}`,
    related: relatedPlaces(got),
  });
}

/** The first part that the reason does not have, or nothing. */
function firstWrong(expected: ExpectedReason, reason: Reason | undefined): Mark | undefined {
  if (reason === undefined) return expected;
  return expected.fields.find(({ name, value }) => value !== fieldOf(reason, name));
}

function fieldOf(reason: Reason, name: ReasonField): string {
  return reason[name];
}

function wordExpected({ fields }: ExpectedReason): string {
  return fields
    .map(({ name, value }) => (name === 'code' ? `\`${value}\`` : `${name} \`${value}\``))
    .join(', ');
}

/** A reason in one line: code, policy and rule, and what it wanted and found. */
export function wordReason(reason: Reason): string {
  const { code, policy, requirement, expected, observed, message } = reason;
  const rule = requirement === '' ? '' : ` \`${requirement}\``;
  const owner = policy === '' ? '' : ` of policy \`${policy}\``;
  const by = rule === '' && owner === '' ? '' : ` by${rule}${owner}`;
  const why = expected === '' ? message : `expected ${expected}, observed ${observed}`;
  return `\`${code}\`${by} (${why})`;
}

/** Where the rules stand that led to a verdict, and the claims that they found wanting. */
export function relatedPlaces(reasons: readonly Reason[]): Finding['related'] {
  return reasons
    .slice(0, MAX_PLACES_SHOWN)
    .flatMap(({ position, claimPosition, policy }) => [
      ...(isPlace(position) ? [{ position, message: `the rule of policy \`${policy}\`` }] : []),
      ...(isPlace(claimPosition) ? [{ position: claimPosition, message: 'the claim' }] : []),
    ]);
}

/** Claims that a request brings stand in no file. */
function isPlace(position: Reason['position']): position is NonNullable<Reason['position']> {
  return position !== undefined && position.line > 0;
}
