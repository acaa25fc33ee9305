import { cli, type CliRun, type CliWorld } from './support/cli';
import { FILES, POLICY } from './support/files';
import type { MemoryFiles } from './support/memory-reader';

const TESTS = `apiVersion: ambit/v1
kind: PolicyTest
metadata: { name: chat }
spec:
  now: 2026-07-01
  defaults: { model: chat }
  cases:
    - name: who keeps little
      eligible: [good/chat-large]
      blocked:
        keeps/chat: { code: claim_contrary, requirement: max_retention_days }
        silent/chat: [claim_unknown, claim_unknown]
    - name: the first alone
      request: { preferences: { only: [good] } }
      eligible: [good/chat-large]
      blocked: { keeps/chat: request_only, silent/chat: request_only }
`;

const ALL: MemoryFiles = { ...FILES, 'tests.yaml': TESTS };
const WRONG: MemoryFiles = {
  ...FILES,
  'tests.yaml': TESTS.replace(
    '[good/chat-large]\n      blocked:\n',
    '[good/chat-large, keeps/chat]\n      blocked:\n',
  ).replace(/ {8}keeps.*\n/u, ''),
};

/** Runs `ambit test` over all files with the options given. */
function runTest(
  options: readonly string[],
  files: MemoryFiles = ALL,
  world: CliWorld = {},
): Promise<CliRun> {
  return cli(['test', ...Object.keys(files), ...options], { files, ...world });
}

describe('ambit test', () => {
  it('says how many cases passed', async () => {
    expect(await runTest([])).toEqual({ code: 0, stdout: '2 passed: 2 cases\n', stderr: '' });
  });

  it('reads what --policy and --catalog name, and directories', async () => {
    const files = { 'd/policy.yaml': POLICY, 'd/tests.yaml': TESTS, ...FILES };
    const run = await cli(['test', '-p', 'd', '--catalog', 'catalog.yaml'], { files });
    expect(run).toEqual({ code: 0, stdout: '2 passed: 2 cases\n', stderr: '' });
  });

  it('shows a failure at its word, with the rule and the claim that led to it', async () => {
    const run = await runTest([], WRONG);
    expect(run.code).toBe(1);
    expect(run.stdout).toBe(`FAIL chat/who keeps little
error[unexpected_block]: \`keeps/chat\` is expected eligible, and is blocked: \`claim_contrary\` by \`max_retention_days\` of policy \`base\` (expected retention_days at most 7, observed retention_days: 30)
 --> tests.yaml:9:35
  |
9 |       eligible: [good/chat-large, keeps/chat]
  |                                   ^^^^^^^^^^
  = note: the rule of policy \`base\`: policy.yaml:7:5
  = note: the claim: catalog.yaml:10:41
 --> policy.yaml:7:5
7 |     max_retention_days: 7
  |     ^^^^^^^^^^^^^^^^^^
  --> catalog.yaml:10:41
10 |       claims: { training_opt_out: true, retention_days: 30 }
   |                                         ^^^^^^^^^^^^^^

1 failed, 1 passed: 2 cases
`);
  });

  it('fails where a candidate is not named, and says what it would be', async () => {
    const files = { ...FILES, 'tests.yaml': TESTS.replace(/ {8}silent.*\n/u, '') };
    const { code, stdout } = await runTest([], files);
    expect(code).toBe(1);
    expect(stdout).toContain('error[unlisted_target]: the case says nothing of `silent/chat`');
    expect(stdout).toContain(
      '= help: if that is right, add `silent/chat: claim_unknown` to `blocked`',
    );
  });

  it.each([
    [
      'unexpected_outcome',
      'outcome: warn\n      eligible: [good/chat-large]',
      'is expected to be warn, and is allow',
    ],
    [
      'unexpected_eligible',
      'blocked: { good/chat-large: claim_unknown, keeps/chat: claim_contrary, silent/chat: claim_unknown }',
      'is expected blocked, and is eligible',
    ],
    [
      'unexpected_reason',
      'eligible: [good/chat-large]\n      blocked: { keeps/chat: claim_unknown, silent/chat: claim_unknown }',
      'is expected to have the reason `claim_unknown`, and has `claim_contrary`',
    ],
    [
      'unexpected_answer',
      'eligible: [good/chat-large]\n      warnings: [warn_policy_gave_way]',
      'is expected to be ["warn_policy_gave_way"], and is []',
    ],
    ['no_candidate', 'eligible: [goud/chat-large]', 'help: did you mean `good/chat-large`?'],
  ])('says of %s what it is', async (code, expectations, message) => {
    const tests = TESTS.replace(/ {6}eligible:[\s\S]*$/u, `      ${expectations}\n`);
    const { stdout, code: exitCode } = await runTest([], { ...FILES, 'tests.yaml': tests });
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`error[${code}]`);
    expect(stdout).toContain(message);
  });

  it('says of a wrong order which one is right', async () => {
    const tests = TESTS.replace(
      / {4}- name: who[\s\S]*$/u,
      `    - name: order
      request: { candidates: [{ ref: a, target: good/chat-large }, { ref: b, target: good/chat-large }] }
      eligible: [b, a]
`,
    );
    const { stdout } = await runTest([], { ...FILES, 'tests.yaml': tests });
    expect(stdout).toContain(
      'error[unexpected_order]: the order is expected to be `b`, `a`, and is `a`, `b`',
    );
  });

  it('is an error without any case', async () => {
    const run = await cli(['test', 'policy.yaml', 'catalog.yaml'], { files: FILES });
    expect(run.code).toBe(2);
    expect(run.stdout).toBe('');
    expect(run.stderr).toContain('error: nothing was tested: the files hold no case');
  });

  it('shows what keeps the files from being read as lint does', async () => {
    const files = { ...ALL, 'tests.yaml': TESTS.replace('eligible', 'eligable') };
    const run = await runTest([], files);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('error[unknown_key]');
    expect(run.stderr).toContain('--> tests.yaml:9:7');
    const lint = await cli(['lint', ...Object.keys(files)], { files });
    expect(lint.code).toBe(1);
    expect(lint.stdout).toContain('error[unknown_key]');
  });

  it('is something that lint has checked, also alone', async () => {
    const run = await cli(['lint', 'tests.yaml'], { files: ALL });
    expect([run.code, run.stdout.startsWith('clean: 1 file checked')]).toEqual([0, true]);
  });

  it('decides as of the instant that it is given', async () => {
    const files = {
      ...ALL,
      'catalog.yaml': (FILES['catalog.yaml'] ?? '').replace(
        'training_opt_out: true, retention_days: 0',
        'training_opt_out: { value: true, expires_at: 2027-01-01 }, retention_days: 0',
      ),
    };
    expect((await runTest([], files)).code).toBe(0);
    const late = await runTest(['--now', '2027-01-01'], files);
    expect(late.code).toBe(1);
    expect(late.stdout).toContain('`claim_expired`');
    expect((await runTest(['--now', 'tomorrow'], files)).code).toBe(2);
  });
});

describe('--filter', () => {
  it.each([
    ['first', 1],
    ['CHAT/', 2],
    ['who*little', 1],
    ['chat/*alone', 1],
  ])('runs only what holds %s', async (pattern, passed) => {
    const { code, stdout } = await runTest(['--filter', pattern]);
    const left = passed === 2 ? '' : ', 1 left out';
    const noun = passed === 1 ? 'case' : 'cases';
    expect([code, stdout]).toEqual([
      0,
      `${String(passed)} passed: ${String(passed)} ${noun}${left}\n`,
    ]);
  });

  it('is an error where it holds nothing', async () => {
    const run = await runTest(['--filter', 'the frist alone']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('no case matches `the frist alone`');
    expect(run.stderr).toContain('did you mean `the first alone`?');
  });

  it('leaves failures out, too', async () => {
    expect((await runTest(['--filter', 'first'], WRONG)).code).toBe(0);
  });
});

describe('--coverage and --threshold', () => {
  it('show how often each rule let a target pass and stopped one', async () => {
    const { code, stdout } = await runTest(['--coverage']);
    expect(code).toBe(0);
    expect(stdout).toBe(`coverage: 100 %, 4 of 4 ways in which rules decide
  policy  rule                 lets pass  stops  at
  base    require_no_training  4          2      policy.yaml:6:5
  base    max_retention_days   2          4      policy.yaml:7:5

2 passed: 2 cases
`);
  });

  it('fail where the coverage is lower', async () => {
    const policy = `${POLICY}    gdpr: true\n`;
    const tests = TESTS.replaceAll(
      / {6}eligible:.*\n {6}blocked:[\s\S]*?(?= {4}- |$)/gu,
      '      outcome: block\n',
    );
    const files = { ...FILES, 'policy.yaml': policy, 'tests.yaml': tests };
    const whole = { ...ALL };
    expect((await runTest(['--threshold', '100'], whole)).code).toBe(0);
    const { code, stdout } = await runTest(['--threshold', '90'], files);
    expect(code).toBe(1);
    expect(stdout).toContain('never');
    expect(stdout).toContain('error: the coverage is 83 %, and 90 % are demanded');
  });

  it('cover only what is run', async () => {
    const tests = `${TESTS}    - name: one
      request: { candidates: [good/chat-large] }
      eligible: [good/chat-large]
`;
    const files = { ...ALL, 'tests.yaml': tests };
    expect((await runTest(['--threshold', '50', '--filter', 'chat/one'], files)).code).toBe(0);
    const { code, stdout } = await runTest(['--threshold', '51', '--filter', 'chat/one'], files);
    expect([code, stdout.includes('coverage: 50 %')]).toEqual([1, true]);
  });

  it.each(['0', '101', 'all', '-1', '1.5'])('take no %s', async (percent) => {
    const { code, stderr } = await runTest([`--threshold=${percent}`]);
    expect([code, stderr.includes(`\`${percent}\` is no percentage`)]).toEqual([2, true]);
  });
});

describe('--mutate', () => {
  it('counts what the cases notice', async () => {
    const { code, stdout } = await runTest(['--mutate']);
    expect([code, stdout]).toEqual([0, 'mutants: 5 of 5 noticed\n\n2 passed: 2 cases\n']);
  });

  it('fails where none notices, and shows the rule', async () => {
    const tests = TESTS.replace(/ {4}- name: who[\s\S]*(?= {4}- name: the first)/u, '')
      .replace('{ preferences: { only: [good] } }', '{ candidates: [good/chat-large] }')
      .replace(/ {6}blocked:.*\n/u, '');
    const { code, stdout } = await runTest(['--mutate'], { ...FILES, 'tests.yaml': tests });
    expect(code).toBe(1);
    expect(stdout).toContain('mutants: 2 of 4 noticed; 1 other would change nothing here\n');
    expect(stdout)
      .toContain(`error[mutant_survived]: \`max_retention_days\` of policy \`base\` was dropped, and no case noticed
 --> policy.yaml:7:5
  |
7 |     max_retention_days: 7
  |     ^^^^^^^^^^^^^^^^^^
`);
  });

  it('is left out where a case fails already', async () => {
    const { code, stdout } = await runTest(['--mutate'], WRONG);
    expect([code, stdout.includes('mutants')]).toEqual([1, false]);
  });
});

describe('--format json', () => {
  it('has each case with its place, and the findings in the shape of lint', async () => {
    const { stdout } = await runTest(
      ['--format', 'json', '--coverage', '--threshold', '100'],
      WRONG,
    );
    const report = JSON.parse(stdout) as Record<string, never>;
    expect(report).toMatchObject({
      tests: [
        {
          test: 'chat',
          case: 'who keeps little',
          file: 'tests.yaml',
          line: 8,
          column: 13,
          endLine: 8,
          endColumn: 29,
          now: '2026-07-01T00:00:00.000Z',
          passed: false,
          findings: [
            {
              file: 'tests.yaml',
              line: 9,
              column: 35,
              endLine: 9,
              endColumn: 45,
              severity: 'error',
              code: 'unexpected_block',
              related: [
                { file: 'policy.yaml', line: 7, column: 5 },
                { file: 'catalog.yaml', line: 10, column: 41 },
              ],
            },
          ],
        },
        { case: 'the first alone', passed: true, findings: [] },
      ],
      coverage: {
        percent: 100,
        threshold: 100,
        seen: 4,
        total: 4,
        rules: [
          {
            policy: 'base',
            rule: 'require_no_training',
            file: 'policy.yaml',
            line: 6,
            column: 5,
            passed: 4,
            stopped: 2,
          },
          { policy: 'base', rule: 'max_retention_days', passed: 2, stopped: 4 },
        ],
      },
      summary: { passed: 1, failed: 1, leftOut: 0 },
    });
    expect(report).not.toHaveProperty('mutation');
  });

  it('has the mutants', async () => {
    const { stdout } = await runTest(['--format', 'json', '--mutate']);
    expect(JSON.parse(stdout)).toMatchObject({
      mutation: { noticed: 5, survived: 0, equivalent: 0, findings: [] },
    });
  });
});

describe('a scope word that no rule names', () => {
  const tests = TESTS.replace('{ model: chat }', '{ model: chat, scope: { data_clas: public } }')
    .replace('[claim_unknown, claim_unknown]', 'claim_unknown')
    .replace('request: { preferences', 'request: { scope: { team: reserch }, preferences');
  const scoped = POLICY.replace('base', 'open').replace(
    'spec:',
    'spec:\n  scope: { data_class: [public], team: any }',
  );
  const teams = POLICY.replace('base', 'teams').replace(
    'spec:',
    'spec:\n  scope: { team: [research] }',
  );
  const files = { ...FILES, 'open.yaml': scoped, 'teams.yaml': teams, 'tests.yaml': tests };

  it('is a warning at its place, and the cases pass', async () => {
    const { code, stdout, stderr } = await runTest([], files);
    expect(stdout).toBe(`warning[unnamed_scope]: scope key \`data_clas\` is named by no rule
 --> tests.yaml:6:37
  |
6 |   defaults: { model: chat, scope: { data_clas: public } }
  |                                     ^^^^^^^^^
  = help: did you mean \`data_class\`?

warning[unnamed_scope]: value \`reserch\` of scope key \`team\` is named by no rule
  --> tests.yaml:14:33
   |
14 |       request: { scope: { team: reserch }, preferences: { only: [good] } }
   |                                 ^^^^^^^
   = help: did you mean \`research\`?

2 passed: 2 cases
`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('is told to programs, and beside the XML, which has no place for it', async () => {
    const json = await runTest(['--format', 'json'], files);
    const report = JSON.parse(json.stdout) as { warnings: object[]; summary: object };
    expect(report.warnings).toMatchObject([
      { code: 'unnamed_scope', severity: 'warning', line: 6, column: 37 },
      { code: 'unnamed_scope', severity: 'warning', line: 14 },
    ]);
    const junit = await runTest(['--format', 'junit'], files);
    expect(junit.stdout).toContain('tests="2" failures="0"');
    expect(junit.stderr).toContain('warning[unnamed_scope]: scope key `data_clas`');
    expect([json.code, junit.code]).toEqual([0, 0]);
  });

  it('is told of the cases that run, once for the defaults of several', async () => {
    const { stdout } = await runTest(['--filter', 'who keeps'], files);
    expect(stdout.match(/unnamed_scope/gu)).toHaveLength(1);
    const failing = {
      ...files,
      'tests.yaml': tests.replace('eligible: [good/chat-large]', 'eligible: []'),
    };
    const failed = await runTest([], failing);
    expect(failed.code).toBe(1);
    expect(failed.stdout).toContain('unnamed_scope');
  });
});
