import { compileBundle } from '../../../src/core/engine/compile';
import { reliedOn } from '../../../src/core/engine/relied-on';
import type { PolicySet } from '../../../src/core/model/policy-set';
import {
  at,
  claim,
  file,
  NOW_MS,
  offering,
  parts,
  policy,
  provider,
  REQUIRE_ZDR,
  setOf,
  target,
  ZDR,
  type PolicyParts,
} from './support/build';

const GDPR = claim('gdpr', true);
const NEEDS_GDPR = { kind: 'gdpr' } as const;

/** Targets: `a` states both claims, `b` the contrary of one, and `far` reaches both. */
const world = (...policies: readonly PolicyParts[]): PolicySet =>
  setOf(
    file({
      providers: [provider('acme')],
      targets: [
        target('a', { claims: [ZDR, GDPR] }),
        target('b', { model: 'n', claims: [claim('zero_data_retention', false)] }),
        target('far', { model: 'auto', claims: [{ ...ZDR, position: at(70) }], reaches: ['a'] }),
      ],
      policies: policies.map((each, index) => policy(`p${String(index)}`, each)),
    }),
  );

/** The names of the claims that are relied on, by candidate. */
function relied(set: PolicySet, wanted: readonly string[]) {
  const request = offering(['a', 'b', parts('c', { target: 'far' })]);
  const found = reliedOn(compileBundle(set, 'x'), request, NOW_MS, new Set(wanted));
  return [...found].map(([ref, claims]) => [ref, claims.map(({ name }) => name)]);
}

describe('the claims that are relied on', () => {
  it('are those that requirements found satisfying, of the candidates that are wanted', () => {
    const set = world({ rules: [REQUIRE_ZDR, NEEDS_GDPR] });
    expect(relied(set, ['a'])).toEqual([['a', ['zero_data_retention', 'gdpr']]]);
    expect(relied(set, ['b', 'nobody'])).toStrictEqual([['b', []]]);
    expect(relied(set, [])).toEqual([]);
  });

  it('are each there once, whatever demands them', () => {
    const set = world({ rules: [REQUIRE_ZDR] }, { rules: [REQUIRE_ZDR], mode: 'warn' });
    expect(relied(set, ['a'])).toEqual([['a', ['zero_data_retention']]]);
  });

  it('are not those that only a shadow policy, or none, looks at', () => {
    const set = world({ rules: [NEEDS_GDPR] }, { rules: [REQUIRE_ZDR], mode: 'shadow' });
    expect(relied(set, ['a'])).toEqual([['a', ['gdpr']]]);
  });

  it('are those of all that a candidate reaches', () => {
    const set = world({ rules: [REQUIRE_ZDR] });
    const request = offering([parts('c', { target: 'far' })]);
    const found = reliedOn(compileBundle(set, 'x'), request, NOW_MS, new Set(['c']));
    expect(found.get('c')?.map(({ position }) => position.line)).toEqual([70, 1]);
  });
});
