import type { MemoryFiles } from '../cli/support/memory-reader';
import type { PolicyRoot } from '../../src/ports/service-config';
import type { PolicyDialect } from '../../src/ports/policy-dialect';
import { digestOf } from '../../src/platform/digest';
import { loadPolicies } from '../../src/service/policy-loader';
import { CATALOG, FILES, POLICY } from '../cli/support/files';
import { createMemoryReader } from '../cli/support/memory-reader';
import { DIALECTS } from '../support/dialects';
import { loadFiles } from './support/world';

const bundleFile = (...includes: readonly string[]): string => `apiVersion: ambit/v1
kind: Bundle
metadata: { name: root }
spec:
  revision: 3
  include:
${includes.map((each) => `    - ${each}\n`).join('')}`;

const PACK = `pack: { name: p, version: 1.0.0, enabled: true }
providers: { targets: [{ id: a, provider: openai, model: m, data_policy: { training_opt_out: true } }] }
policies:
  chain: [data-routing-policy]
  policy: { data-routing-policy: { require_no_training: true } }
`;

/** The findings' codes with their places. */
async function codes(files: MemoryFiles, roots?: readonly PolicyRoot[]): Promise<unknown> {
  const { findings, bundle } = await loadFiles(files, roots);
  const errors = findings.filter(({ severity }) => severity === 'error');
  expect(bundle === undefined).toBe(errors.length > 0);
  return errors.map(({ code, position: { file, line } }) => `${file}:${String(line)} ${code}`);
}

describe('files that fit together', () => {
  it('become one bundle, with every file in the order of reading', async () => {
    const { bundle, set, sources, findings } = await loadFiles(FILES);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(bundle?.set).toBe(set);
    expect(sources.map(({ name }) => name)).toEqual(['policy.yaml', 'catalog.yaml']);
    expect(set?.documents.map(({ document: { file } }) => file)).toEqual([
      'policy.yaml',
      'catalog.yaml',
    ]);
  });

  it('may be of several dialects, which are detected or named', async () => {
    const { set } = await loadFiles({ ...FILES, 'pack.yaml': PACK });
    expect(set?.documents.map(({ document: { dialect } }) => dialect)).toEqual([
      'native',
      'native',
      'keeptrusts',
    ]);
    expect(
      await codes({ 'pack.yaml': PACK }, [{ path: 'pack.yaml', dialect: 'keeptrusts' }]),
    ).toEqual([]);
  });

  it('are read once where a file and its directory are both named', async () => {
    const files = { 'd/a.yaml': CATALOG, 'd/b.yaml': POLICY };
    const { sources } = await loadFiles(files, [{ path: 'd' }, { path: 'd/a.yaml' }]);
    expect(sources.map(({ name }) => name)).toEqual(['d/a.yaml', 'd/b.yaml']);
  });

  it('take settings and bindings from the Bundle document', async () => {
    const root = bundleFile('{ file: policy.yaml, scope: { tenant: [red] } }');
    const { set, bundle } = await loadFiles(
      { 'd/bundle.yaml': root, 'd/catalog.yaml': CATALOG, 'd/policy.yaml': POLICY },
      [{ path: 'd' }],
    );
    expect(bundle?.settings.revision).toBe(3);
    const bound = set?.documents.map(({ document: { file }, binding }) => [
      file,
      binding === undefined ? null : [...binding],
    ]);
    expect(bound).toContainEqual(['d/policy.yaml', [['tenant', ['red']]]]);
    expect(bound).toContainEqual(['d/catalog.yaml', null]);
    // Included and in the directory: loaded once, as it is bound.
    expect(bound?.filter(([file]) => file === 'd/policy.yaml')).toHaveLength(1);
  });
});

describe('the digest', () => {
  const digest = async (files: MemoryFiles, roots?: readonly PolicyRoot[]) =>
    (await loadFiles(files, roots)).bundle?.digest;

  it('is that of the same files, and of no others', async () => {
    const base = await digest(FILES);
    const bound = (scope: string) => ({
      'bundle.yaml': bundleFile(`{ file: policy.yaml, scope: ${scope} }`),
      'catalog.yaml': CATALOG,
    });
    const red = { ...bound('{ tenant: [red], team: [a] }'), 'policy.yaml': POLICY };
    const roots = [{ path: 'bundle.yaml' }, { path: 'catalog.yaml' }];
    const others = await Promise.all([
      digest({ ...FILES, 'catalog.yaml': `${CATALOG}\n` }),
      digest({ 'policy2.yaml': POLICY, 'catalog.yaml': CATALOG }),
      digest({ 'catalog.yaml': CATALOG, 'policy.yaml': POLICY }),
      digest(red, roots),
      digest({ ...bound('{ tenant: [blue], team: [a] }'), 'policy.yaml': POLICY }, roots),
    ]);
    expect(base).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await digest({ ...FILES })).toBe(base);
    expect(new Set([base, ...others]).size).toBe(6);
    expect(others).not.toContain(undefined);
  });
});

describe('what is wrong with files is a finding, all of it at once', () => {
  it.each<[string, MemoryFiles, readonly PolicyRoot[] | undefined, readonly string[]]>([
    ['a missing file', FILES, [{ path: 'none.yaml' }], ['none.yaml:0 unreadable_file']],
    [
      'several missing files',
      FILES,
      [{ path: 'a' }, { path: 'b' }],
      ['a:0 unreadable_file', 'b:0 unreadable_file'],
    ],
    ['no dialect', { 'x.yaml': 'x: 1\n' }, undefined, ['x.yaml:0 unknown_dialect']],
    [
      'an unknown dialect',
      FILES,
      [{ path: 'policy.yaml', dialect: 'nope' }],
      ['policy.yaml:0 unknown_dialect'],
    ],
    [
      'a mistake in each of two files',
      {
        'a.yaml': POLICY.replace('require_no_training', 'require_no_trainin'),
        'b.yaml': CATALOG.replace('retention_days: 30', 'retention_days: thirty'),
      },
      undefined,
      ['a.yaml:6 unknown_key', 'b.yaml:10 wrong_type'],
    ],
    [
      'a second Bundle document',
      {
        'a.yaml': bundleFile('{ file: p.yaml }'),
        'b.yaml': bundleFile('{ file: p.yaml }'),
        'p.yaml': POLICY,
      },
      [{ path: 'a.yaml' }, { path: 'b.yaml' }],
      ['b.yaml:3 second_bundle'],
    ],
    [
      'an included file that includes',
      {
        'a.yaml': bundleFile('{ file: b.yaml }'),
        'b.yaml': bundleFile('{ file: p.yaml }'),
        'p.yaml': POLICY,
      },
      [{ path: 'a.yaml' }],
      ['b.yaml:3 second_bundle'],
    ],
    [
      'an included file that is missing',
      { 'a.yaml': bundleFile('{ file: none.yaml }') },
      [{ path: 'a.yaml' }],
      ['a.yaml:7 unreadable_file'],
    ],
    [
      'an included file of an unknown dialect',
      { 'a.yaml': bundleFile('{ file: p.yaml, dialect: nope }'), 'p.yaml': POLICY },
      [{ path: 'a.yaml' }],
      ['a.yaml:7 unknown_dialect'],
    ],
    [
      'a file that is included and named',
      { 'a.yaml': bundleFile('{ file: p.yaml, scope: { tenant: [t] } }'), 'p.yaml': POLICY },
      [{ path: 'a.yaml' }, { path: 'p.yaml' }],
      ['a.yaml:7 included_file_given_twice'],
    ],
  ])('%s', async (_, files, roots, expected) => {
    expect(await codes(files, roots)).toEqual(expected);
  });

  it('a directory without policy files', async () => {
    const reader = {
      ...createMemoryReader({}),
      expand: () => Promise.resolve({ kind: 'directory' as const, paths: [] }),
    };
    const loaded = await loadPolicies({
      roots: [{ path: 'd' }],
      reader,
      dialects: DIALECTS,
      digestOf,
    });
    expect(loaded.bundle).toBeUndefined();
    expect(loaded.findings).toMatchObject([{ code: 'no_policy_files', severity: 'error' }]);
  });

  it('a file that looks like two dialects', async () => {
    const [native] = DIALECTS;
    if (native === undefined) throw new Error('no dialect');
    const twin: PolicyDialect = { ...native, name: 'twin' };
    const reader = createMemoryReader(FILES);
    const roots = [{ path: 'policy.yaml' }];
    const dependencies = { reader, dialects: [native, twin], digestOf };
    expect(await loadPolicies({ roots, ...dependencies })).toMatchObject({
      findings: [{ code: 'ambiguous_dialect' }],
    });
    const named = await loadPolicies({
      roots: [{ path: 'policy.yaml', dialect: 'twin' }],
      ...dependencies,
    });
    expect(named.findings.map(({ code }) => code)).not.toContain('ambiguous_dialect');
  });

  it('keeps the texts of all files for reports', async () => {
    const { sources } = await loadFiles({ ...FILES, 'x.yaml': 'x: 1\n' });
    expect(sources.map(({ name }) => name)).toEqual(['policy.yaml', 'catalog.yaml', 'x.yaml']);
  });
});
