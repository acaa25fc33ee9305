import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnswerDocument } from '../../../src/ports/wire-json';
import { COMMANDS } from '../../../src/cli/commands';
import { runnable } from '../../../src/cli/find-command';
import { CATALOG, POLICY } from '../../cli/support/files';
import { ambit, MAIN, ROOT } from './built-cli';

const EXAMPLES = 'deploy/examples';
const PUBLIC = ['--scope', 'data_class=public'];

let directory = '';

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-cli-'));
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

function write(name: string, text: string): string {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
}

/** Runs a line of bash in the root of the repository; `$AMBIT` is the built command line. */
function bash(script: string): { readonly code: number | null; readonly output: string } {
  const { status, stdout } = spawnSync('bash', ['-c', `exec 2>&1; ${script}`], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, AMBIT: `${process.execPath} ${MAIN}` },
  });
  return { code: status, output: stdout };
}

describe('the built command line', () => {
  it('says its version', () => {
    const { code, stdout } = ambit(['--version']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^ambit \d+\.\d+\.\d+\n$/) as string,
    });
  });

  it.each(runnable(COMMANDS).map(({ name }) => name))('has help for %s', (name) => {
    const { code, stdout, stderr } = ambit([...name.split(' '), '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^ambit ${name}: .*\\n[^]*exit codes\\n`));
  });

  it('proposes what is meant', () => {
    const run = ambit(['lnit']);
    expect(run).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: unknown command `lnit`\nhelp: did you mean `lint`?\n',
    });
  });

  it('ends quietly where nobody reads on', () => {
    const { output } = bash(`$AMBIT explain -p ${EXAMPLES} --color | head -1`);
    expect(output.trimEnd().split('\n')).toHaveLength(1);
    expect(output).toContain('allow');
  });

  it('has no colour in a pipe, unless it is asked for', () => {
    expect(ambit(['explain', '-p', EXAMPLES]).stdout).not.toContain('\u001b');
    expect(ambit(['explain', '-p', EXAMPLES, '--color']).stdout).toContain('\u001b[');
  });

  it.each([
    ['lint', ['lint', EXAMPLES]],
    ['help', ['--help']],
    ['completion', ['completion', 'bash']],
  ])('loads neither gRPC nor the log for %s', (_, args) => {
    const hook = write(
      'hook.cjs',
      "process.on('exit', () => process.stderr.write(Object.keys(require.cache).join('\\n')));",
    );
    const run = ambit(args, { nodeOptions: ['--require', hook] });
    expect(run.code).toBe(0);
    const loaded = run.stderr.split('\n');
    expect(loaded).toContain(MAIN);
    expect(loaded.filter((file) => /@grpc|[\\/]pino[\\/]|dist[\\/]gen[\\/]/.test(file))).toEqual(
      [],
    );
  });
});

describe('lint, as built', () => {
  it('finds the example clean, today and in years', () => {
    for (const now of [[], ['--now', '2035-01-01']]) {
      const { code, stdout } = ambit(['lint', '--strict', EXAMPLES, ...now]);
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: expect.stringMatching(/^clean: 3 files/) as string,
      });
    }
  });

  it('reads the standard input, and shows the mistake at its word', () => {
    const run = ambit(['lint', '-'], { input: POLICY.replace('7', "'7'") });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("--> stdin:7:25\n  |\n7 |     max_retention_days: '7'\n");
  });

  it('exits with 2 for what it cannot read', () => {
    expect(ambit(['lint', join(directory, 'nowhere.yaml')]).code).toBe(2);
    expect(ambit(['lint', directory + '/']).code).toBe(2);
  });

  it('exits with 1 for a file that is not text, in a few lines', () => {
    const file = join(directory, 'binary.yaml');
    writeFileSync(file, Buffer.from([0x61, 0x00, 0xff, 0xfe, 0x0a, 0x80]));
    const run = ambit(['lint', file]);
    expect(run.code).not.toBe(0);
    expect(run.stdout.split('\n').length).toBeLessThan(8);
  });

  it('is JSON for programs', () => {
    const run = ambit(['lint', '--format', 'json', '-'], { input: 'apiVersion: ambit/v2\n' });
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({ summary: { files: 1 } });
  });
});

describe('decide, as built', () => {
  it.each([
    ['allowed', ['-p', EXAMPLES, '-m', 'gpt-4o', ...PUBLIC], 0],
    ['blocked', ['-p', EXAMPLES, '-m', 'mistral-large', ...PUBLIC], 3],
    [
      'blocked for an unknown scope',
      ['-p', EXAMPLES, '-m', 'gpt-4o', '--scope', 'data_class=x'],
      3,
    ],
    ['a slip', ['-p', EXAMPLES, '-m', 'gpt-4o', '--formt', 'json'], 2],
    ['nobody there', ['--server', '127.0.0.1:1', '-m', 'gpt-4o'], 5],
  ])('exits for %s as documented', (_, args, code) => {
    expect(ambit(['decide', ...args]).code).toBe(code);
  });

  it('exits with 4 for a warn policy that gives way', () => {
    const policy = write(
      'warn.yaml',
      POLICY.replace('spec:', 'spec:\n  mode: warn').replace('7', '0'),
    );
    const catalog = write('three.yaml', CATALOG.replace('days: 0', 'days: 3'));
    const run = ambit(['decide', '-p', policy, '-p', catalog, '-m', 'chat']);
    expect(run.code).toBe(4);
    expect(run.stdout).toContain('eligible, but not met');
  });

  it('answers a request from the standard input in JSON', () => {
    const input = JSON.stringify({
      request_id: 'r-1',
      context: { scope: { data_class: 'public' } },
      candidates: [{ ref: 'one', target: 'openai/gpt-4o' }, { target: 'azure-eu/gpt-4o' }],
    });
    const run = ambit(['decide', '-p', EXAMPLES, '--request', '-'], { input });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const answer = JSON.parse(run.stdout) as AnswerDocument;
    expect(answer).toMatchObject({
      requestId: 'r-1',
      outcome: 'OUTCOME_ALLOW',
      eligible: ['azure-eu/gpt-4o'],
    });
    expect(answer.verdicts[0]).toMatchObject({
      ref: 'one',
      eligible: false,
      reasons: [{ code: 'claim_contrary', source: { file: `${EXAMPLES}/policy.yaml` } }],
    });
  });

  it.each([
    ['{"contxt": {}}', 'contxt'],
    ['{"context": {"api": "API_NOPE"}', 'stdin'],
    ['nonsense', 'stdin'],
  ])('refuses the request %s', (input, named) => {
    const run = ambit(['decide', '-p', EXAMPLES, '--request', '-'], { input });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(named);
  });

  it('gives the same answer for the example whenever it is asked', () => {
    const at = (now: string) =>
      ambit(['decide', '-p', EXAMPLES, '-m', 'gpt-4o', ...PUBLIC, '--now', now]).stdout;
    expect(at('2026-12-01')).toContain('eligible, in the order to try');
    expect(at('2035-01-01')).toBe(at('2026-12-01'));
  });
});

describe('the example that is shipped', () => {
  it('shows eligible targets and blocked ones for different reasons', () => {
    const states = (model: string): readonly string[] => {
      const args = ['-p', EXAMPLES, '-m', model, ...PUBLIC, '--format', 'json'];
      const answer = JSON.parse(ambit(['decide', ...args]).stdout) as AnswerDocument;
      expect(answer.eligible.length).toBeGreaterThan(0);
      const reasons = answer.verdicts.flatMap((verdict) => verdict.reasons);
      return [...new Set(reasons.map(({ state }) => state))].sort();
    };
    const unknown = 'REASON_STATE_UNKNOWN';
    expect(states('gpt-4o')).toEqual(['REASON_STATE_CONTRARY', unknown]);
    expect(states('llama-3.3-70b')).toEqual(['REASON_STATE_NOT_LISTED', unknown]);
    expect(states('deepseek-v4-flash')).toEqual(['REASON_STATE_CONTRARY', unknown]);
  });
});

describe('completion in bash', () => {
  const complete = (...words: readonly string[]): readonly string[] => {
    const list = words.map((word) => `'${word}'`).join(' ');
    const script = `eval "$($AMBIT completion bash)"; COMP_WORDS=(${list}); COMP_CWORD=${String(words.length - 1)}; _ambit; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return bash(script)
      .output.split('\n')
      .filter((word) => word !== '');
  };

  it('completes commands, options and closed values', () => {
    expect(complete('ambit', 'ex')).toEqual(['explain']);
    expect(complete('ambit', 'lint', '--str')).toEqual(['--strict']);
    expect(complete('ambit', 'lint', '--format', 'j')).toEqual(['json']);
    expect(complete('ambit', 'completion', 'z')).toEqual(['zsh']);
  });
});
