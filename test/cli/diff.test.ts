import type { DiffDocument } from '../../src/service/diff/diff-document';
import { cli, type CliRun } from './support/cli';
import { CATALOG, FILES, POLICY } from './support/files';
import type { MemoryFiles } from './support/memory-reader';

const LOOSER = POLICY.replace('max_retention_days: 7', 'max_retention_days: 30');

const STATES: MemoryFiles = { 'old.yaml': POLICY, 'new.yaml': LOOSER, 'catalog.yaml': CATALOG };

function diff(flags: readonly string[] = [], files: MemoryFiles = STATES): Promise<CliRun> {
  return cli(['diff', 'old.yaml', 'new.yaml', '--catalog', 'catalog.yaml', ...flags], { files });
}

const jsonOf = async (files: MemoryFiles): Promise<DiffDocument> =>
  JSON.parse((await diff(['--format', 'json'], files)).stdout) as DiffDocument;

describe('diff', () => {
  it('shows who gains what, and the rule of the old state that kept it out', async () => {
    const { code, stdout, stderr } = await diff();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^at 2026-07-01T00:00Z, 1 scope, \d+ requests: 1 target gained\n/);
    expect(stdout).toContain(`
  model chat: still allow
    + keeps/chat (gains): old claim_contrary (base max_retention_days retention_days at old.yaml:7:5)
`);
  });

  it('shows who loses what, and the rule of the new state that keeps it out', async () => {
    const { stdout } = await diff([], { ...STATES, 'old.yaml': LOOSER, 'new.yaml': POLICY });
    expect(stdout).toContain(': 1 target lost\n');
    expect(stdout).toContain(
      '    - keeps/chat (loses): new claim_contrary (base max_retention_days',
    );
    expect(stdout).toContain('at new.yaml:7:5)');
  });

  it.each([
    ['a gain', STATES, 1],
    ['a loss', { ...STATES, 'old.yaml': LOOSER, 'new.yaml': POLICY }, 0],
    ['nothing', { ...STATES, 'new.yaml': POLICY }, 0],
  ])('fails on wider where there is %s: as asked', async (_, files, expected) => {
    expect((await diff(['--fail-on-wider'], files)).code).toBe(expected);
    expect((await diff([], files)).code).toBe(0);
  });

  it('says that two states are the same', async () => {
    const { stdout } = await diff([], { ...STATES, 'new.yaml': POLICY });
    expect(stdout).toMatch(/^at 2026-07-01T00:00Z, 1 scope, \d+ requests: the same\n$/);
  });

  it('asks for models of authors whom no policy names, where every model is known', async () => {
    const open = CATALOG.replace(
      /spec:\n[\s\S]*$/,
      'spec:\n  providers: [{ id: open, models: any }]\n',
    );
    const some = POLICY.replace('spec:\n', 'spec:\n  applies_to: { model_authors: [anthropic] }\n');
    const files = { 'old.yaml': POLICY, 'new.yaml': some, 'catalog.yaml': open };
    const { code, stdout } = await diff(['--fail-on-wider'], files);
    expect(stdout).toContain('(gains)');
    expect(code).toBe(1);
  });

  it('tells scopes apart, and one that neither state names', async () => {
    const scope = (text: string): string =>
      text.replace('spec:\n', 'spec:\n  scope: { team: [ads, hr] }\n');
    const files = { ...STATES, 'old.yaml': POLICY, 'new.yaml': scope(POLICY) };
    const { stdout } = await diff([], files);
    expect(stdout).toContain(
      'for any other team\n  model chat: allow becomes block unknown_scope\n',
    );
    expect(stdout).toContain('    - good/chat-large (loses): new unknown_scope\n');
  });

  it('is a gain where an id stands for another target than before', async () => {
    const state = (provider: string): string => `${POLICY}---
apiVersion: ambit/v1
kind: Catalog
metadata: { name: own }
spec:
  providers:
    - id: ${provider}
      claims: { training_opt_out: true, retention_days: 0 }
      targets: [{ id: main, model: m, serves: [m] }]
`;
    const document = await jsonOf({
      ...STATES,
      'old.yaml': state('one'),
      'new.yaml': state('two'),
    });
    expect(document.wider).toBe(true);
    expect(document.differences[0]?.changes[0]?.gains).toMatchObject([
      { target: 'main', provider: 'two', why: 'redeclared' },
    ]);
  });

  it('shows targets that only one catalog has', async () => {
    const more = CATALOG.replace('metadata: { name: three }', 'metadata: { name: more }')
      .replaceAll('id: good', 'id: better')
      .replaceAll('id: keeps', 'id: keeps2')
      .replaceAll('id: silent', 'id: silent2');
    const document = await jsonOf({ ...STATES, 'new.yaml': `${POLICY}---\n${more}` });
    const gains = document.differences.flatMap(({ changes }) => changes.flatMap((c) => c.gains));
    expect(gains).toContainEqual(
      expect.objectContaining({ target: 'better/chat-large', why: 'not_offered', reasons: [] }),
    );
    expect(document).toMatchObject({ wider: true, narrower: false });
  });

  it('sees a pattern that lets through models that nothing lists, and keys that nothing lists', async () => {
    const state = (models: string): string => `apiVersion: ambit/v1
kind: Policy
metadata: { name: names }
spec: { models: { allow: [${models}] } }
---
apiVersion: ambit/v1
kind: Catalog
metadata: { name: open }
spec: { providers: [{ id: wide, models: any }] }
`;
    const document = await jsonOf({
      'old.yaml': state('a-1'),
      'new.yaml': state('a-1, b-*'),
      'catalog.yaml': CATALOG,
    });
    const gains = document.differences.flatMap(({ changes }) => changes.flatMap((c) => c.gains));
    expect(gains.map(({ target }) => target)).toContain('wide/b-');
    expect(document).toMatchObject({ wider: true, narrower: false });
  });

  it('sees what a warn policy no longer keeps out, and what it lets pass', async () => {
    const mode = (text: string): string => text.replace('spec:\n', 'spec:\n  mode: warn\n');
    const strict = POLICY.replace('max_retention_days: 7', 'gdpr: true');
    const files = { ...STATES, 'old.yaml': strict, 'new.yaml': mode(strict) };
    const { code, stdout } = await diff(['--fail-on-wider'], files);
    expect(code).toBe(1);
    expect(stdout).toContain(
      '  model chat: block no_compliant_provider becomes warn\n' +
        '    + good/chat-large (gains): old claim_unknown (base gdpr at old.yaml:7:5)\n',
    );
    const back = await jsonOf({ ...STATES, 'old.yaml': mode(strict), 'new.yaml': strict });
    expect(back).toMatchObject({ wider: false, narrower: true });
  });

  it('does not call narrower what depends on attributes', async () => {
    const rule = '    expression: \'attributes.purpose == "test"\'\n';
    const files = { ...STATES, 'old.yaml': POLICY, 'new.yaml': `${POLICY}${rule}` };
    const { code, stdout } = await diff(['--fail-on-wider'], files);
    expect(stdout).toContain('not proven: policy `base` has an expression over attributes');
    expect(code).toBe(1);
  });

  it('is wrong usage without two states, or where the standard input is both', async () => {
    expect(await cli(['diff', 'old.yaml'], { files: STATES })).toMatchObject({ code: 2 });
    expect(await cli(['diff', 'a', 'b', 'c'], { files: STATES })).toMatchObject({ code: 2 });
    const twice = await cli(['diff', '-', '-'], { files: STATES });
    expect(twice).toMatchObject({ code: 2, stdout: '' });
    expect(twice.stderr).toContain('can be read only once');
  });

  it('reports the errors of a state that cannot be read', async () => {
    const misspelt = POLICY.replace('require_no_training', 'require_no_trainin');
    const run = await diff([], { ...STATES, 'new.yaml': misspelt });
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toContain('new.yaml:6:5');
    expect(await cli(['diff', 'old.yaml', 'none.yaml'], { files: FILES })).toMatchObject({
      code: 2,
      stdout: '',
    });
  });

  it('is an error, and no part of an answer, where there is too much to look at', async () => {
    const keys = Array.from({ length: 20 }, (_, i) => `k${String(i)}: [a, b]`).join(', ');
    const wide = POLICY.replace('spec:\n', `spec:\n  scope: { ${keys} }\n`);
    const run = await diff([], { ...STATES, 'new.yaml': wide });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('there are too many combinations of scope values');
  });
});

describe('diff --format json', () => {
  it('is the whole document, in the shape that is documented', async () => {
    const document = await jsonOf(STATES);
    expect(document).toMatchObject({
      apiVersion: 'ambit/v1',
      kind: 'Diff',
      at: '2026-07-01T00:00:00.000Z',
      old: { name: 'default' },
      new: { name: 'default' },
      wider: true,
      narrower: false,
      counts: { scopes: 1, gained: 1, lost: 0 },
      unproven: [],
    });
    expect(document.differences[0]?.changes[0]).toMatchObject({
      request: { models: ['chat'], candidates: [] },
      from: 'allow',
      to: 'allow',
      gains: [
        {
          target: 'keeps/chat',
          provider: 'keeps',
          why: 'judged',
          position: { file: 'catalog.yaml', line: 11, column: 17 },
          reasons: [
            {
              code: 'claim_contrary',
              policy: 'base',
              expected: 'retention_days at most 7',
              observed: 'retention_days: 30',
              position: { file: 'old.yaml', line: 7, column: 5 },
            },
          ],
        },
      ],
      loses: [],
    });
  });
});
