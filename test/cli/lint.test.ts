import { applySuggestion } from '../dialects/support/findings';
import type { Finding } from '../../src/core/model/finding';
import { cli } from './support/cli';
import { CATALOG, EXAMPLE_FILES, FILES, POLICY } from './support/files';

const MISSPELT = POLICY.replace('max_retention_days', 'max_retention_dayz');
/** Without the target that says nothing, whose silence is a warning. */
const CLEAN = {
  'policy.yaml': POLICY,
  'catalog.yaml': CATALOG.replace(/ {4}- id: silent\n.*\n/, ''),
};

interface JsonReport {
  readonly findings: readonly {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
    readonly severity: string;
    readonly code: string;
    readonly help?: string;
    readonly suggestion?: { readonly replacement: string };
    readonly related?: readonly { readonly line: number; readonly message: string }[];
  }[];
  readonly summary: Readonly<Record<string, number>>;
}

async function lintJson(files: Readonly<Record<string, string>>): Promise<JsonReport> {
  const { stdout } = await cli(['lint', '--format', 'json', ...Object.keys(files)], { files });
  return JSON.parse(stdout) as JsonReport;
}

describe('lint for people', () => {
  it('says once that a configuration of the service is none of a policy', async () => {
    const text =
      'apiVersion: ambit/v1\nkind: Service\nspec:\n  policies: [a]\n  log: { level: info }\n';
    const files = { ...CLEAN, 'ambit.yaml': text };
    const run = await cli(['lint', ...Object.keys(files)], { files });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('--> ambit.yaml:2:7');
    expect(run.stdout).toContain('`ambit serve --config FILE --check` checks it');
    expect(run.stdout).toContain('1 error: 3 files checked');
  });

  it('shows a mistake at its word, with the corrected line', async () => {
    const run = await cli(['lint', 'policy.yaml'], { files: { 'policy.yaml': MISSPELT } });
    expect(run).toEqual({
      code: 1,
      stderr: '',
      stdout: `error[unknown_key]: the key \`max_retention_dayz\` is not known in \`spec.requirements\`
 --> policy.yaml:7:5
  |
7 |     max_retention_dayz: 7
  |     ^^^^^^^^^^^^^^^^^^
  = help: did you mean \`max_retention_days\`; write \`max_retention_days: 7\`

1 error: 1 file checked
`,
    });
  });

  it('names both places of a contradiction', async () => {
    const policy = `${POLICY}  providers:\n    allow: [good]\n    deny: [good]\n`;
    const run = await cli(['lint', 'policy.yaml'], { files: { 'policy.yaml': policy } });
    expect(run.stdout).toContain('`good` is allowed at 9:13, denied at 10:12');
    expect(run.stdout).toContain('= note: denied here: policy.yaml:10:12');
  });

  it('finds the mistakes of all files in one run, errors first', async () => {
    const files = {
      'a.yaml': POLICY.replace('true', 'yes'),
      'b.yaml': CATALOG.replace('training_opt_out', 'training_optout'),
      'c.yaml': POLICY.replace('7', '-7').replace('name: base', 'name: other'),
    };
    const run = await cli(['lint', 'a.yaml', 'b.yaml', 'c.yaml'], { files });
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/--> a\.yaml:6:[^]*--> b\.yaml:7:[^]*--> c\.yaml:7:[^]*3 errors/);
  });

  it('goes on after an error of YAML', async () => {
    const policy = POLICY.replace('name: base', 'name: [base').replace('max_', 'maximum_');
    const run = await cli(['lint', 'policy.yaml'], { files: { 'policy.yaml': policy } });
    expect(run.stdout).toContain('policy.yaml:3:');
    expect(run.code).toBe(1);
  });

  it('says in one line that a file is binary', async () => {
    const files = { 'policy.yaml': `apiVersion: ambit/v1\n\u0000\u0001${'\u0002'.repeat(5000)}` };
    const run = await cli(['lint', 'policy.yaml'], { files });
    expect(run.code).not.toBe(0);
    expect(run.stdout.split('\n').length).toBeLessThan(10);
    expect(run.stdout).toContain('1 error: 1 file checked');
  });

  it('shows fifty findings and counts the rest', async () => {
    const keys = Array.from({ length: 70 }, (_, index) => `    unknown_${String(index)}: true\n`);
    const run = await cli(['lint', 'policy.yaml'], {
      files: { 'policy.yaml': POLICY + keys.join('') },
    });
    expect(run.stdout.match(/^error\[/gm)).toHaveLength(50);
    expect(run.stdout).toContain('20 more findings left out: mend these first');
    expect(run.stdout).toContain('70 errors: 1 file checked');
  });

  it('lets no file act on the terminal', async () => {
    const policy = `${POLICY}    "evil\u009b31m\u202ekey": true\n`;
    const run = await cli(['lint', 'policy.yaml'], { files: { 'policy.yaml': policy } });
    expect(run.stdout).toContain('\\u{9b}31m\\u{202e}key');
    expect(run.stdout).not.toMatch(/[\u009b\u202e]/);
  });

  it('marks the word also behind wide characters', async () => {
    const wide = POLICY.replace('{ name: base }', "{ name: base, description: '日本', nmae: x }");
    const run = await cli(['lint', 'policy.yaml'], { files: { 'policy.yaml': wide } });
    expect(run.stdout).toContain(
      "3 | metadata: { name: base, description: '日本', nmae: x }\n" +
        `  | ${' '.repeat("metadata: { name: base, description: '----', ".length)}^^^^\n`,
    );
  });

  it('cuts a long line around the word', async () => {
    const filler = 'x'.repeat(300);
    const long = POLICY.replace('{ name: base }', `{ description: ${filler}, nmae: ${filler} }`);
    const run = await cli(['lint', 'policy.yaml'], { files: { 'policy.yaml': long } });
    const lines = run.stdout.split('\n');
    const at = lines.findIndex((line) => line.startsWith('3 | …'));
    expect(lines[at]?.length).toBeLessThan(110);
    expect(lines[at]).toMatch(/…$/);
    const marks = lines[at + 1] ?? '';
    expect(lines[at]?.slice(marks.indexOf('^'), marks.length)).toBe('nmae');
  });

  it('stars secrets out', async () => {
    const secret = 'sk-live-0123456789abcdef';
    const policy = `${POLICY}    api_key: ${secret}\n`;
    const run = await cli(['lint', 'policy.yaml'], { files: { 'policy.yaml': policy } });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain(`api_key: ${'*'.repeat(secret.length)}`);
    expect(run.stdout).not.toContain(secret);
  });

  it('says what was checked where nothing is wrong', async () => {
    const run = await cli(['lint', '--strict', 'example'], { files: EXAMPLE_FILES });
    expect(run.stdout).toMatch(
      /^clean: 2 files checked \(\d+ policies, \d+ providers, \d+ targets\)\n$/,
    );
    expect(run.code).toBe(0);
  });
});

describe('lint for programs', () => {
  it('has one shape with file, line, column, end and code', async () => {
    const report = await lintJson({ 'policy.yaml': MISSPELT });
    expect(report.findings).toEqual([
      {
        file: 'policy.yaml',
        line: 7,
        column: 5,
        endLine: 7,
        endColumn: 23,
        severity: 'error',
        code: 'unknown_key',
        message: 'the key `max_retention_dayz` is not known in `spec.requirements`',
        help: 'did you mean `max_retention_days`; write `max_retention_days: 7`',
        suggestion: {
          file: 'policy.yaml',
          line: 7,
          column: 5,
          endLine: 7,
          endColumn: 23,
          replacement: 'max_retention_days',
        },
      },
    ]);
    expect(report.summary).toEqual({ files: 1, errors: 1, warnings: 0, infos: 0, omitted: 0 });
  });

  it('has suggestions that mend the file as edits', async () => {
    const [finding] = (await lintJson({ 'policy.yaml': MISSPELT })).findings;
    if (finding?.suggestion === undefined) throw new Error('nothing is suggested');
    const { file, line, column, endColumn, suggestion } = finding;
    const position = { file, line, column };
    const edit = { position, endColumn, replacement: suggestion.replacement };
    const mended = applySuggestion(MISSPELT, { suggestion: edit } as unknown as Finding);
    expect(mended).toBe(POLICY);
  });

  it('counts what was checked', async () => {
    const report = await lintJson(FILES);
    expect(report.summary).toMatchObject({ files: 2, policies: 1, providers: 3, targets: 3 });
    expect(report.findings.map(({ code }) => code)).toEqual([
      'undeclared_claim',
      'undeclared_claim',
    ]);
    expect(report.findings[0]?.related).toEqual([
      { file: 'policy.yaml', line: 6, column: 5, endColumn: 24, message: 'required here' },
    ]);
  });
});

describe('what looking at all files finds', () => {
  const listed = (list: string): string =>
    POLICY.replace('spec:\n', `spec:\n  providers: ${list}\n`);

  it.each(["{ allow: ['god'] }", '{ allow: ["god"] }'])(
    'is marked with its quotes, in text and in JSON: %s',
    async (list) => {
      const files = { ...CLEAN, 'policy.yaml': listed(list) };
      const { stdout } = await cli(['lint', ...Object.keys(files)], { files });
      expect(stdout).toContain(` providers: ${list}\n  |                        ^^^^^\n`);
      const { findings } = await lintJson(files);
      const found = findings.find(({ code }) => code === 'allow_matches_nothing');
      expect(found).toMatchObject({ column: 24, endColumn: 29 });
    },
  );

  it('is one finding for all allow entries where no file is a catalog', async () => {
    const { findings } = await lintJson({ 'policy.yaml': listed('{ allow: [a, b, c] }') });
    expect(findings.map(({ code, help }) => `${code}: ${help ?? ''}`)).toEqual([
      'allow_matches_nothing: add the file of the catalog',
    ]);
  });
});

describe('tests beside the policies', () => {
  const policy = POLICY.replace('spec:\n', 'spec:\n  providers: { deny: [keeps] }\n');
  const tests = (code: string): string => `apiVersion: ambit/v1
kind: PolicyTest
metadata: { name: t }
spec:
  now: 2026-07-01
  cases:
    - name: one
      request: { model: chat, candidates: [{ ref: one, provider: keeps, model: chat }] }
      outcome: block
      blocked: { one: ${code} }
`;
  const codesWith = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> =>
    (await lintJson({ ...CLEAN, 'policy.yaml': policy, ...files })).findings.map(
      ({ code }) => code,
    );

  it('show which deny entry none of them sees deny', async () => {
    expect(await codesWith({ 'tests.yaml': tests('provider_denied') })).toEqual([]);
    expect(await codesWith({ 'tests.yaml': tests('claim_contrary') })).toEqual(['untested_denial']);
  });

  it('are not asked for where there are none', async () => {
    expect(await codesWith({})).toEqual([]);
  });
});

describe('a file without content', () => {
  it.each(['', '\n \n', '# nothing\n', '  # nothing\r\n\r\n#'])(
    'is called empty, by its name: %j',
    async (text) => {
      const { findings } = await lintJson({ ...CLEAN, 'empty.yaml': text });
      expect(findings.map(({ file, code }) => `${file} ${code}`)).toEqual([
        'empty.yaml empty_file',
      ]);
    },
  );
});

describe('the exit code of lint', () => {
  it.each([
    ['clean', CLEAN, [], 0],
    ['clean, strict', CLEAN, ['--strict'], 0],
    ['warnings', FILES, [], 0],
    ['warnings, strict', FILES, ['--strict'], 1],
    ['errors', { 'policy.yaml': MISSPELT }, [], 1],
    ['a second file that is missing', FILES, ['nowhere.yaml'], 2],
    ['a file that holds nothing', { 'empty.yaml': '' }, [], 1],
    ['a file of comments', { 'empty.yaml': '# nothing\n' }, [], 1],
  ] as const)('%s', async (_, files, flags, code) => {
    const run = await cli(['lint', ...Object.keys(files), ...flags], { files });
    expect(run.code).toBe(code);
  });

  it('is never 0 for a set that holds nothing to check', async () => {
    const files = {
      'bundle.yaml':
        'apiVersion: ambit/v1\nkind: Bundle\nmetadata: { name: x }\nspec: { default: block }\n',
    };
    const run = await cli(['lint', 'bundle.yaml'], { files });
    expect(run.code).toBe(2);
    expect(run.stdout).toContain('error[nothing_checked]: nothing was checked');
  });
});

describe('where lint reads from', () => {
  it('takes the standard input', async () => {
    const run = await cli(['lint', 'catalog.yaml', '-'], {
      files: { '-': MISSPELT, 'catalog.yaml': CATALOG },
    });
    expect(run.stdout).toContain(' --> stdin:7:5');
  });

  it('takes a directory for its files', async () => {
    const files = { 'etc/a.yaml': POLICY, 'etc/b.yaml': CATALOG };
    const run = await cli(['lint', 'etc'], { files });
    expect(run.stdout).toContain('2 files checked (1 policy, 3 providers, 3 targets)');
  });

  it('reads a file as the dialect that stands before it', async () => {
    const files = { 'policy.yaml': POLICY };
    const run = await cli(['lint', 'keeptrusts:policy.yaml'], { files });
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/error\[\w+\]: .*`pack`/);
  });

  it('judges expiry at the instant that is given', async () => {
    const expiring = CATALOG.replace(
      'retention_days: 0 }',
      'retention_days: { value: 0, expires_at: 2027-01-01 } }',
    );
    const files = { 'policy.yaml': POLICY, 'catalog.yaml': expiring };
    const lint = (now: string) =>
      cli(['lint', 'policy.yaml', 'catalog.yaml', '--now', now], { files });
    expect((await lint('2026-11-30')).stdout).not.toContain('claim]: `retention_days');
    expect((await lint('2026-12-15')).stdout).toContain('warning[expiring_claim]');
    expect((await lint('2027-01-01')).stdout).toContain('warning[expired_claim]');
  });
});
