import { mutantsOf } from '../../../src/service/policy-tests/mutants';
import { runMutants, survivorFinding } from '../../../src/service/policy-tests/run-mutants';
import { runPolicyTests, selectCases } from '../../../src/service/policy-tests/run-policy-tests';
import { loadText } from '../support/world';
import { CATALOG, POLICIES, testsOf } from './support/set';

/** What becomes of all mutants of the policies under the cases, as `policy rule change`. */
async function run(cases: string, policies = POLICIES, catalog = CATALOG) {
  const { bundle, tests } = await loadText([policies, catalog, testsOf(cases)].join('---\n'));
  if (bundle === undefined) throw new Error('there is no bundle');
  const selected = selectCases(tests, {});
  const failures = runPolicyTests(bundle, selected, () => undefined).flatMap(({ findings }) =>
    findings.map(({ message }) => message),
  );
  expect(failures).toEqual([]);
  const { noticed, survivors, equivalent } = runMutants(bundle, selected);
  expect(noticed.length + survivors.length + equivalent).toBe(mutantsOf(bundle.set).length);
  const words = (list: typeof noticed) =>
    list.map(({ rule, change }) => `${rule.policy.id} ${rule.name} ${change}`);
  return { noticed: words(noticed), survivors: words(survivors), equivalent, mutants: survivors };
}

const WHOLE = `- name: every target
  eligible: [alpha/chat]
  blocked:
    beta/chat: claim_contrary
    gamma/chat: [provider_not_allowed, provider_denied, claim_unknown]
    delta/chat: [provider_not_allowed, claim_unknown]`;

const LAX = `- name: the good one alone
  request: { candidates: [alpha/chat] }
  eligible: [alpha/chat]`;

describe('mutants', () => {
  test('are every rule dropped, loosened and negated, where that makes sense', async () => {
    const { bundle } = await loadText(`${POLICIES}---\n${CATALOG}`);
    expect(
      mutantsOf(bundle?.set ?? { settings: never(), documents: [] }).map(
        ({ rule, change }) => `${rule.name} ${change}`,
      ),
    ).toEqual([
      'providers.allow dropped',
      'providers.allow negated',
      'providers.allow alpha dropped',
      'providers.allow beta dropped',
      'providers.deny gamma dropped',
      'providers.deny provider=beta model=other dropped',
      'require_no_training dropped',
      'require_no_training negated',
      'gdpr dropped',
      'gdpr negated',
    ]);
  });

  test('are noticed by a case that names each target with its reasons', async () => {
    const { noticed, survivors, equivalent } = await run(WHOLE);
    expect(survivors).toEqual([]);
    expect(noticed).toContain('base providers.allow dropped');
    expect(noticed).toContain('base providers.deny gamma dropped');
    expect(noticed).toContain('base require_no_training dropped');
    // Of the model that is denied for the future the catalog has none.
    expect(equivalent).toBeGreaterThan(0);
  });

  test('survive where they let something through that no case looks at', async () => {
    const { survivors } = await run(LAX);
    expect(survivors).toContain('base require_no_training dropped');
    expect(survivors).not.toContain('base require_no_training negated');
    // The allow list stops what this entry denies, so that without it nothing would change.
    expect(survivors).not.toContain('base providers.deny gamma dropped');
  });

  test('are loosened by one step, which is noticed at the bound', async () => {
    const policies = `apiVersion: ambit/v1
kind: Policy
metadata: { name: bound }
spec: { requirements: { max_retention_days: 7, minimum_assurance: contract } }
`;
    const catalog = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: c }
spec:
  providers:
    - id: alpha
      evidence: { assurance: contract }
      claims: { retention_days: 7 }
      targets: [{ model: chat }]
    - id: beta
      evidence: { assurance: contract }
      claims: { retention_days: 30 }
      targets: [{ model: chat }]
    - { id: gamma, claims: { retention_days: 0 }, targets: [{ model: chat }] }
`;
    const all = `- name: all
  eligible: [alpha/chat]
  blocked: { beta/chat: claim_contrary, gamma/chat: claim_contrary }`;
    expect((await run(all, policies, catalog)).noticed).toEqual([
      'bound max_retention_days dropped',
      'bound max_retention_days loosened: 30 days',
      'bound max_retention_days negated',
      'bound minimum_assurance dropped',
      'bound minimum_assurance loosened: `declared` is enough',
    ]);
    const some = `- name: some
  request: { candidates: [alpha/chat] }
  eligible: [alpha/chat]`;
    expect((await run(some, policies, catalog)).survivors).toEqual([
      'bound max_retention_days dropped',
      'bound max_retention_days loosened: 30 days',
      'bound minimum_assurance dropped',
      'bound minimum_assurance loosened: `declared` is enough',
    ]);
  });

  test('an entry of several parts is loosened by each', async () => {
    const policies = POLICIES.replace('[alpha, beta]', '[{ provider: alpha, model: chat }, beta]');
    const { noticed, survivors } = await run(WHOLE, policies);
    const entry = 'base providers.allow provider=alpha model=chat';
    expect([...noticed, ...survivors]).toContain(`${entry} loosened: any provider`);
    expect(noticed).toContain(`${entry} loosened: any provider`);
  });

  test('that survive are shown at their rule', async () => {
    const { mutants } = await run(LAX);
    const mutant = mutants.find(({ rule }) => rule.name === 'require_no_training');
    if (mutant === undefined) throw new Error('it does not survive');
    expect(survivorFinding(mutant, 24)).toMatchObject({
      code: 'mutant_survived',
      severity: 'error',
      position: { file: 'policy.yaml', line: 9, column: 5 },
      endColumn: 24,
      message: '`require_no_training` of policy `base` was dropped, and no case noticed',
    });
  });
});

function never(): never {
  throw new Error('there is no bundle');
}
