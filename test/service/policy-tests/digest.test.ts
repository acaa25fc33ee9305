import { createBundleStore } from '../../../src/service/bundle-store';
import { createTestClock, loadFiles } from '../support/world';
import { CATALOG, POLICIES, testsOf } from './support/set';

const PLAIN = { 'd/catalog.yaml': CATALOG, 'd/policy.yaml': POLICIES };
const ROOT = [{ path: 'd' }];
const TESTS = testsOf('- { name: a, outcome: block }');
const BROKEN = TESTS.replace('outcome: block', 'outcome: maybe');

async function digestOf(files: Readonly<Record<string, string>>): Promise<string> {
  const { bundle, findings } = await loadFiles(files, ROOT);
  if (bundle === undefined) throw new Error(JSON.stringify(findings));
  return bundle.digest;
}

describe('tests beside policies', () => {
  test('change neither the digest nor the set, in a file of their own or at the end of another', async () => {
    const plain = await digestOf(PLAIN);
    expect(await digestOf({ ...PLAIN, 'd/tests.yaml': TESTS })).toBe(plain);
    expect(await digestOf({ ...PLAIN, 'd/a-tests.yaml': `${TESTS}---\n${TESTS}` })).toBe(plain);
    expect(await digestOf({ ...PLAIN, 'd/policy.yaml': `${POLICIES}---\n${TESTS}` })).toBe(plain);
    const { set, tests } = await loadFiles({ ...PLAIN, 'd/tests.yaml': TESTS }, ROOT);
    expect(set).toEqual((await loadFiles(PLAIN, ROOT)).set);
    expect(tests).toHaveLength(1);
  });

  test('before a policy move its lines, which answers show, and what they say still does not count', async () => {
    const first = await digestOf({ ...PLAIN, 'd/policy.yaml': `${TESTS}---\n${POLICIES}` });
    expect(first).not.toBe(await digestOf(PLAIN));
    const other = TESTS.replace('name: a', 'name: another');
    expect(await digestOf({ ...PLAIN, 'd/policy.yaml': `${other}---\n${POLICIES}` })).toBe(first);
    const longer = `# a comment\n${other}`;
    expect(await digestOf({ ...PLAIN, 'd/policy.yaml': `${longer}---\n${POLICIES}` })).not.toBe(
      first,
    );
  });

  test('do not hide a change of the policy that they stand beside', async () => {
    const before = await digestOf({ ...PLAIN, 'd/policy.yaml': `${POLICIES}---\n${TESTS}` });
    const changed = POLICIES.replace('[alpha, beta]', '[alpha]');
    expect(await digestOf({ ...PLAIN, 'd/policy.yaml': `${changed}---\n${TESTS}` })).not.toBe(
      before,
    );
  });

  test('are nothing to activate when they change, and refuse the whole set when they cannot be read', async () => {
    const store = createBundleStore({ clock: createTestClock() });
    const offer = async (text: string) =>
      store.offer(await loadFiles({ ...PLAIN, 'd/tests.yaml': text }, ROOT));
    expect(await offer(TESTS)).toBe('activated');
    expect(await offer(TESTS.replace('name: a', 'name: b'))).toBe('unchanged');
    expect(await offer(BROKEN)).toBe('rejected');
    expect(store.lastRejected()?.findings.map(({ code }) => code)).toEqual(['unknown_value']);
    expect(store.active()?.sequence).toBe(1);
  });

  test('of an included file are read, once', async () => {
    const bundle = `apiVersion: ambit/v1
kind: Bundle
metadata: { name: root }
spec: { include: [{ file: policy.yaml, scope: { tenant: acme } }] }
`;
    const files = { ...PLAIN, 'd/a.yaml': bundle, 'd/policy.yaml': `${POLICIES}---\n${TESTS}` };
    const { tests, findings } = await loadFiles(files, ROOT);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(tests.map(({ name }) => name)).toEqual(['cases']);
  });
});
