import type { TestedDenial } from '../core/lint/untested-denials';
import { canonicalId } from '../core/policy/identifier';
import type {
  ExpectedReasons,
  ExpectedVerdict,
  PolicyCase,
  PolicyTest,
} from '../ports/policy-test';

/** Codes of reasons that deny lists give. */
const DENIALS: readonly unknown[] = ['provider_denied', 'model_denied'];

/** What the tests expect to be blocked by a deny list; undefined where there are no tests. */
export function testedDenials(tests: readonly PolicyTest[]): readonly TestedDenial[] | undefined {
  if (tests.length === 0) return undefined;
  return tests.flatMap(({ cases }) => cases.flatMap(denialsOf));
}

function denialsOf(testCase: PolicyCase): readonly TestedDenial[] {
  return testCase.expected.blocked
    .filter(({ reasons }) => namesDenial(reasons))
    .map((verdict) => targetOf(testCase, verdict));
}

function namesDenial(reasons: ExpectedReasons): boolean {
  const named = reasons.kind === 'first' ? [reasons.reason] : reasons.reasons;
  return named.some(({ fields }) =>
    fields.some(({ name, value }) => name === 'code' && DENIALS.includes(value)),
  );
}

/** A candidate that the case lists, or a target of the catalog by its id. */
function targetOf({ request }: PolicyCase, { ref }: ExpectedVerdict): TestedDenial {
  const candidate = request.candidates?.find(
    (each) => canonicalId(each.ref) === canonicalId(ref.value),
  );
  if (candidate === undefined) return { target: ref.value };
  const { target, provider, model } = candidate;
  if (target !== undefined) return { target };
  return {
    ...(provider === undefined ? {} : { provider }),
    ...(model === undefined ? {} : { model }),
  };
}
