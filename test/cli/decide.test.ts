import type { AnswerDocument } from '../../src/ports/wire-json';
import { cli, type CliRun } from './support/cli';
import { scriptServer } from './support/client';
import { CATALOG, EXAMPLE_FILES, FILES, POLICY } from './support/files';

const FROM_FILES = ['-p', 'policy.yaml', '--catalog', 'catalog.yaml'];

function decide(flags: readonly string[], files = FILES): Promise<CliRun> {
  return cli(['decide', ...FROM_FILES, ...flags], { files });
}

/** A DecideRequest with one candidate, or the ones that are given. */
function requestText(candidates: readonly object[] = [{ target: 'good/chat-large' }]): string {
  return JSON.stringify({ requestId: 'r-1', context: { model: 'chat' }, candidates });
}

function answerOf({ stdout }: CliRun): AnswerDocument {
  return JSON.parse(stdout) as AnswerDocument;
}

const ALLOWED = `allow: 1 of 3 targets may receive \`chat\`

eligible, in the order to try
  1  good/chat-large  send model chat-large

blocked
    state     claim or rule     expected                  observed      rule at          claim at
  keeps/chat
    contrary  retention_days    retention_days at most 7  30            policy.yaml:7:5  catalog.yaml:10:41
  silent/chat
    unknown   training_opt_out  true                      not declared  policy.yaml:6:5
    unknown   retention_days    retention_days at most 7  not declared  policy.yaml:7:5
`;

describe('decide --model', () => {
  it('shows all targets of the model, and of each blocked one all reasons with both places', async () => {
    expect(await decide(['--model', 'chat'])).toEqual({ code: 0, stdout: ALLOWED, stderr: '' });
  });

  it('takes at most 34 lines from nothing to the first answer', () => {
    const command = 1;
    const lines = POLICY.split('\n').length + CATALOG.split('\n').length + command;
    expect(lines).toBeLessThanOrEqual(34);
  });

  it('exits with 3 and names code, status, layer, policy and message where nothing is left', async () => {
    const files = { ...FILES, 'policy.yaml': `${POLICY}    require_in_memory_only: true\n` };
    const run = await decide(['--model', 'chat'], files);
    expect(run.code).toBe(3);
    expect(run.stdout.split('\n').slice(0, 3)).toEqual([
      'block: nothing may receive `chat`',
      '  no_compliant_provider (HTTP 403, layer requirements, policy base)',
      expect.stringMatching(/^ {2}no provider for `chat` .*good, keeps, silent$/),
    ]);
    expect(run.stdout).toContain('  good/chat-large\n    unknown   in_memory_only ');
  });

  it('exits with 3 for a model that nobody offers', async () => {
    const run = await decide(['--model', 'nope']);
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('  unknown_model (HTTP 403, layer catalog)\n');
  });

  it('exits with 4 where a warn policy gives way, and shows what is not met', async () => {
    const warn = POLICY.replace('spec:', 'spec:\n  mode: warn').replace('days: 7', 'days: 0');
    const files = { 'policy.yaml': warn, 'catalog.yaml': CATALOG.replace('days: 0', 'days: 3') };
    const run = await decide(['--model', 'chat'], files);
    expect(run.code).toBe(4);
    expect(run.stdout).toMatch(/^warn: 3 of 3 targets may receive `chat`, although a warn policy/);
    expect(run.stdout).toContain('eligible, but not met\n');
  });

  it('narrows by what the client prefers, and says what a preference does not know', async () => {
    const run = await decide(['--model', 'chat', '--prefer-only', 'keeps, silent']);
    expect(run.code).toBe(3);
    const unknown = await decide(['--model', 'chat', '--prefer-ignore', 'nobody']);
    expect(unknown.code).toBe(0);
    expect(unknown.stdout).toContain('warning[unknown_preference_name]: ');
  });

  it('decides as of the instant that is given', async () => {
    const expiring = CATALOG.replace(
      'retention_days: 0 }',
      'retention_days: { value: 0, expires_at: 2027-01-01 } }',
    );
    const files = { 'policy.yaml': POLICY, 'catalog.yaml': expiring };
    const codes = ['2026-12-31T23:59:59.999Z', '2027-01-01', '2027-01-01T01:00:00+01:00'].map(
      async (now) => (await decide(['-m', 'chat', '--now', now], files)).code,
    );
    expect(await Promise.all(codes)).toEqual([0, 3, 3]);
  });

  it('answers the first question of README by the example that is shipped', async () => {
    const flags = ['-p', 'example', '--model', 'gpt-4o', '--scope', 'data_class=public'];
    const run = await cli(['decide', ...flags], { files: EXAMPLE_FILES });
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^allow: 2 of 4 targets may receive `gpt-4o`\n/);
    expect(run.stdout).toMatch(/openai\/gpt-4o\n +contrary +retention_days/);
    expect(run.stdout).toMatch(/openrouter\/gpt-4o\n +unknown +nested_gateway/);
  });
});

describe('decide --format json', () => {
  it('is a DecideResponse', async () => {
    const run = await decide(['--model', 'chat', '--format', 'json']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const answer = answerOf(run);
    expect(answer).toMatchObject({
      decisionId: 'decision-1',
      outcome: 'OUTCOME_ALLOW',
      eligible: ['good/chat-large'],
    });
    expect(answer.verdicts.map(({ ref, eligible }) => [ref, eligible])).toEqual([
      ['good/chat-large', true],
      ['keeps/chat', false],
      ['silent/chat', false],
    ]);
    expect(answer.verdicts[1]?.reasons).toEqual([
      expect.objectContaining({
        code: 'claim_contrary',
        policy: 'base',
        claim: 'retention_days',
        source: { file: 'policy.yaml', line: 7, column: 5 },
      }),
    ]);
  });

  it('has the exit codes of the text', async () => {
    expect((await decide(['--model', 'nope', '--format', 'json'])).code).toBe(3);
  });
});

describe('decide --request', () => {
  it('reads a file, and answers in JSON', async () => {
    const files = { ...FILES, 'request.json': requestText() };
    const run = await decide(['--request', 'request.json'], files);
    expect(run.code).toBe(0);
    expect(answerOf(run)).toMatchObject({ requestId: 'r-1', eligible: ['good/chat-large'] });
  });

  it('reads the standard input, and answers in text where it is told to', async () => {
    const files = { ...FILES, '-': requestText([{ target: 'keeps/chat' }]) };
    const run = await decide(['--request', '-', '--format', 'text'], files);
    expect(run.code).toBe(3);
    expect(run.stdout).toMatch(/^block: nothing may receive the request\n/);
  });

  it('blocks without candidates, for it never means the catalog', async () => {
    const run = await decide(['--request', '-'], { ...FILES, '-': requestText([]) });
    expect(run.code).toBe(3);
    expect(answerOf(run).block?.code).toBe('no_candidates');
  });

  it.each([
    ['{', /stdin/],
    ['[]', /stdin/],
    ['{"contxt":{}}', /contxt/],
    ['{"candidates":[{"ref":"a"},{"ref":"a"}]}', /candidates\[1\]/],
  ])('refuses %s', async (text, named) => {
    const run = await decide(['--request', '-'], { ...FILES, '-': text });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(named);
    expect(run.stderr).toMatch(/^error: .*\nhelp: .*\n$/);
  });

  it('says that a file cannot be read', async () => {
    const run = await decide(['--request', 'nowhere.json']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('cannot read the request `nowhere.json`: there is no such file');
  });
});

describe('options of decide that exclude each other', () => {
  it.each([
    [[], 'either `--model` or `--request`'],
    [['-m', 'chat', '--request', '-'], 'either `--model` or `--request`'],
    [['--request', '-', '--tenant', 'a'], '`--tenant` and `--request` exclude each other'],
    [['--request', '-', '-p', '-'], 'the standard input `-` is named twice'],
    [['-m', 'chat', '--scope', 'team'], '`team` is no scope'],
    [['-m', 'chat', '--scope', 'a=1', '--scope', 'a=2'], 'the scope key `a` is given twice'],
    [['-m', 'chat', '--server', 'x:1'], '`--policy` and `--server` exclude each other'],
  ])('%j', async (flags, error) => {
    const run = await decide(flags, { ...FILES, '-': requestText() });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(error);
  });
});

describe('decide --server', () => {
  const address = '127.0.0.1:9595';

  it('asks for what the catalog of the server offers, with all that the options say', async () => {
    const answer = answerOf(await decide(['-m', 'chat', '--format', 'json']));
    const server = scriptServer({ answer });
    const flags = [
      ...['--tenant', 'acme', '--scope', 'team=a', '--scope', 'key=k=1'],
      ...['--api', 'responses', '--feature', 'store', '--feature', 'tools'],
      ...['--prefer-only', 'a,b', '--prefer-ignore', 'c', '--prefer-order', 'b'],
      ...['--prefer-zero-data-retention', '--prefer-no-training'],
    ];
    const run = await cli(['decide', '--server', address, '-m', 'chat', ...flags], server);
    expect(run).toEqual({ code: 0, stdout: ALLOWED, stderr: '' });
    expect(server.targets.map((target) => target.address)).toEqual([address]);
    expect(server.asked.map(([method, text]): unknown => [method, JSON.parse(text)])).toEqual([
      [
        'listEligible',
        {
          context: {
            model: 'chat',
            tenant: 'acme',
            scope: { team: 'a', key: 'k=1' },
            api: 'API_RESPONSES',
            features: ['store', 'tools'],
            preferences: {
              only: ['a', 'b'],
              ignore: ['c'],
              order: ['b'],
              zeroDataRetention: true,
              noTraining: true,
            },
          },
        },
      ],
    ]);
    expect(server.open()).toBe(0);
  });

  it('sends a request as it is', async () => {
    const answer = answerOf(await decide(['-m', 'chat', '--format', 'json']));
    const server = scriptServer({ answer });
    const files = { 'r.json': requestText() };
    const line = ['decide', '--server', address, '--request', 'r.json'];
    const run = await cli(line, { ...server, files });
    expect(server.asked).toEqual([['decide', requestText()]]);
    expect(answerOf(run)).toEqual(answer);
  });

  it.each([
    ['OUTCOME_UNSPECIFIED', 3],
    ['OUTCOME_SOMETHING_NEW', 3],
    ['OUTCOME_BLOCK', 3],
    ['OUTCOME_WARN', 4],
    ['OUTCOME_ALLOW', 0],
  ])('exits for %s with %i, whatever else the answer says', async (outcome, code) => {
    const allowed = answerOf(await decide(['-m', 'chat', '--format', 'json']));
    const server = scriptServer({ answer: { ...allowed, outcome } });
    const run = await cli(['decide', '--server', address, '-m', 'chat'], server);
    expect(run.code).toBe(code);
    expect(run.stdout.includes('eligible, in the order to try')).toBe(code !== 3);
  });

  it('says how many reasons the answer leaves out', async () => {
    const answer = answerOf(await decide(['-m', 'chat', '--format', 'json']));
    const verdicts = answer.verdicts.map((verdict) => ({ ...verdict, reasonsOmitted: 2 }));
    const server = scriptServer({ answer: { ...answer, verdicts } });
    const run = await cli(['decide', '--server', address, '-m', 'chat'], server);
    expect(run.stdout).toContain('catalog.yaml:10:41\n    and 2 more reasons\n');
  });

  it('lets no server act on the terminal', async () => {
    const answer = answerOf(await decide(['-m', 'chat', '--format', 'json']));
    const evil = 'evil\u001b[31m\u202e';
    const verdicts = answer.verdicts.map((verdict) => ({ ...verdict, target: evil }));
    const server = scriptServer({ answer: { ...answer, verdicts } });
    for (const format of ['text', 'json']) {
      const line = ['decide', '--server', address, '-m', 'chat', '--format', format];
      const { stdout } = await cli(line, server);
      expect(stdout).toContain('evil');
      expect(['\u001b', '\u202e'].filter((character) => stdout.includes(character))).toEqual([]);
    }
  });

  it.each([
    ['unreachable', 5, /^error: no answer from `127\.0\.0\.1:9595`: away\nhelp: is `ambit serve`/],
    ['refused', 5, /^error: no answer from `127\.0\.0\.1:9595`: away\n$/],
    ['bad_request', 2, /^error: away\n/],
  ] as const)('tells of a failure that is %s with exit code %i', async (kind, code, text) => {
    const server = scriptServer({ failure: { kind, status: 'X', message: 'away' } });
    const run = await cli(['decide', '--server', address, '-m', 'chat'], server);
    expect(run).toMatchObject({ code, stdout: '' });
    expect(run.stderr).toMatch(text);
    expect(server.open()).toBe(0);
  });
});

describe('decide from files that are wrong', () => {
  it('exits with 2 where one cannot be read', async () => {
    const run = await cli(['decide', '-p', 'nowhere.yaml', '-m', 'chat']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('nowhere.yaml');
  });

  it('exits with 1 where one has errors, and decides nothing', async () => {
    const files = { ...FILES, 'policy.yaml': POLICY.replace('true', "'true'") };
    const run = await decide(['-m', 'chat'], files);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toContain('error[quoted_boolean]');
  });
});

describe('a misspelt scope', () => {
  const scoped = `${POLICY.replace('base', 'own').replace('spec:', 'spec:\n  scope: { data_class: [public], team: [research] }')}---
${POLICY.replace('base', 'open').replace('spec:', 'spec:\n  scope: { team: any }')}`;
  const files = { ...FILES, 'policy.yaml': POLICY, 'scoped.yaml': scoped };
  const run = (command: string, flags: readonly string[]): Promise<CliRun> =>
    cli([command, ...FROM_FILES, '-p', 'scoped.yaml', '--model', 'chat', ...flags], { files });

  it.each(['decide', 'explain'])(
    'is told by %s on the error stream, and nothing else changes',
    async (command) => {
      const misspelt = await run(command, ['--scope', 'data_clas=public']);
      expect(misspelt.stderr).toBe(
        'warning: scope key `data_clas` is named by no rule; did you mean `data_class`?\n',
      );
      const far = await run(command, ['--scope', 'weather=fine', '--format', 'json']);
      expect(far.stderr).toBe('warning: scope key `weather` is named by no rule\n');
      expect(JSON.parse(far.stdout)).toBeInstanceOf(Object);
      expect([misspelt.code, far.code]).toEqual([0, 0]);
    },
  );

  it('is told of a value of an open key only where it is close to one that is named', async () => {
    const near = await run('decide', ['--scope', 'team=reserch']);
    expect(near.stderr).toBe(
      'warning: value `reserch` of scope key `team` is named by no rule; did you mean `research`?\n',
    );
    const others = await Promise.all(
      ['team=research', 'team=ads', 'data_class=public'].map((scope) =>
        run('decide', ['--scope', scope]),
      ),
    );
    expect(others.map(({ stderr }) => stderr)).toEqual(['', '', '']);
  });

  it('shows what is not printable of it in letters that are', async () => {
    const { stderr } = await run('decide', ['--scope', 'a\u001b[31m=b']);
    expect(stderr).not.toContain('\u001b');
    expect(stderr).toMatch(/^warning: scope key `a.*\[31m` is named by no rule\n$/u);
  });
});

describe('the last line about files with errors', () => {
  const files = { ...FILES, 'policy.yaml': POLICY.replace('7', "'7'") };

  it.each([
    ['decide', ['-m', 'chat']],
    ['explain', ['-m', 'chat']],
    ['preview', []],
    ['test', []],
  ])('counts them for %s as for lint', async (command, flags) => {
    const run = await cli([command, ...FROM_FILES, ...flags], { files });
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toBe((await cli(['lint', ...FROM_FILES], { files })).stdout);
    expect(run.stderr).toMatch(/\n\n1 error: 2 files checked\n$/u);
  });
});
