import { coverageOf, percentOf } from '../../../src/service/policy-tests/coverage';
import { selectCases } from '../../../src/service/policy-tests/run-policy-tests';
import { loadText } from '../support/world';
import { CATALOG, POLICIES, testsOf } from './support/set';

/** The rows of the coverage, as `policy rule: passed/stopped`. */
async function coverage(cases: string, policies = POLICIES) {
  const { bundle, tests } = await loadText([policies, CATALOG, testsOf(cases)].join('---\n'));
  if (bundle === undefined) throw new Error('there is no bundle');
  const found = coverageOf(bundle, selectCases(tests, {}));
  const rows = found.rules.map(
    ({ rule, passed, stopped }) =>
      `${rule.policy.id} ${rule.name}: ${String(passed)}/${stopped === undefined ? '-' : String(stopped)}`,
  );
  return { rows, percent: percentOf(found), seen: found.seen, total: found.total };
}

const ALL = '- { name: all, eligible: [alpha/chat], blocked: { beta/chat: claim_contrary } }';

describe('coverage', () => {
  test('counts each requirement, list and entry, what others stop as well included', async () => {
    expect(await coverage(ALL)).toEqual({
      rows: [
        'base providers.allow: 2/2',
        'base providers.allow alpha: 1/-',
        'base providers.allow beta: 1/-',
        'base providers.deny gamma: 3/1',
        'base providers.deny provider=beta model=other: 4/0',
        'base require_no_training: 3/1',
        'soft gdpr: 2/2',
      ],
      seen: 11,
      total: 12,
      percent: 91,
    });
  });

  test('sees nothing where no candidate is judged', async () => {
    const refused = '- { name: none, request: { candidates: [] }, outcome: block }';
    const { rows, seen, percent } = await coverage(refused);
    expect(rows.every((row) => /: 0\/(?:0|-)$/u.test(row))).toBe(true);
    expect([seen, percent]).toEqual([0, 0]);
  });

  test('adds up over cases', async () => {
    const one = '- { name: one, request: { candidates: [alpha/chat] }, eligible: [alpha/chat] }';
    const two = `${one}\n- { name: two, request: { candidates: [gamma/chat] }, outcome: block }`;
    expect((await coverage(one)).percent).toBeLessThan((await coverage(two)).percent);
  });

  test('does not count shadow policies, which no answer shows', async () => {
    const shadow = POLICIES.replace('mode: warn', 'mode: shadow');
    expect((await coverage(ALL, shadow)).rows.join()).not.toContain('soft');
  });

  test('is whole where there is no rule', async () => {
    const open = POLICIES.replace(/spec:[\s\S]*?---/u, 'spec: { unrestricted: true }\n---').split(
      '---\n',
    )[0];
    const { percent, total } = await coverage(ALL, open ?? '');
    expect([percent, total]).toEqual([100, 0]);
  });
});
