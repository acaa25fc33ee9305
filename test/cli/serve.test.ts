import type { RunServer, ServeFailure } from '../../src/ports/server-runner';
import type { ServiceConfig } from '../../src/ports/service-config';
import { DEFAULT_CLIENT_PREFERENCES } from '../../src/ports/client-preferences';
import { DEFAULT_LIMITS } from '../../src/ports/service-limits';
import { cli } from './support/cli';
import { FILES, POLICY } from './support/files';

/** A server that stops at once, and notes how it was started. */
function stoppingServer(): { readonly runServer: RunServer; readonly started: ServiceConfig[] } {
  const started: ServiceConfig[] = [];
  const runServer: RunServer = (options) => {
    started.push(options);
    const server = {
      addresses: options.listeners.map(({ address }) => address),
      stopped: Promise.resolve(),
      stop: () => Promise.resolve(),
    };
    return Promise.resolve({ server });
  };
  return { runServer, started };
}

async function startWith(...flags: string[]): Promise<ServiceConfig | undefined> {
  const { runServer, started } = stoppingServer();
  const run = await cli(['serve', '-p', 'policy.yaml', ...flags], { runServer });
  expect(run).toEqual({ code: 0, stdout: '', stderr: '' });
  return started[0];
}

function failing(failure: ServeFailure): { readonly runServer: RunServer } {
  return { runServer: () => Promise.resolve({ failure }) };
}

describe('serve', () => {
  it('starts on the default address, for this machine only', async () => {
    expect(await startWith()).toEqual({
      roots: [{ path: 'policy.yaml' }],
      listeners: [{ address: '127.0.0.1:9595', insecure: false }],
      callers: [],
      limits: DEFAULT_LIMITS,
      clientPreferences: DEFAULT_CLIENT_PREFERENCES,
      drainTimeoutMs: 10_000,
      logLevel: 'info',
      recordedDecisions: 'policies',
      diagnosticsAddress: '127.0.0.1:9596',
    });
  });

  it('hands over what it is told', async () => {
    const options = await startWith(
      ...['--catalog', 'catalog.yaml', '-p', 'keeptrusts:pack.yaml'],
      ...['--listen', '0.0.0.0:1', '--listen', 'unix:/run/ambit.sock', '--insecure'],
      ...['--max-staleness', '2.5', '--log-level', 'debug', '--diagnostics', 'none'],
    );
    expect(options).toEqual({
      roots: [
        { path: 'policy.yaml' },
        { path: 'pack.yaml', dialect: 'keeptrusts' },
        { path: 'catalog.yaml' },
      ],
      listeners: [
        { address: '0.0.0.0:1', insecure: true },
        { address: 'unix:/run/ambit.sock', insecure: true },
      ],
      callers: [],
      limits: DEFAULT_LIMITS,
      clientPreferences: DEFAULT_CLIENT_PREFERENCES,
      drainTimeoutMs: 10_000,
      logLevel: 'debug',
      recordedDecisions: 'policies',
      maxStalenessMs: 2500,
    });
  });

  it.each(['0', '-1', '5m', 'Infinity'])('refuses a staleness of %s', async (seconds) => {
    const run = await cli(['serve', '-p', 'policy.yaml', `--max-staleness=${seconds}`]);
    expect(run).toEqual({
      code: 2,
      stdout: '',
      stderr:
        `error: \`${seconds}\` is no number of seconds of \`--max-staleness\`\n` +
        'help: write a number above zero, such as `--max-staleness 300`\n',
    });
  });

  it('starts nothing without a file', async () => {
    const { runServer, started } = stoppingServer();
    expect((await cli(['serve'], { runServer })).code).toBe(2);
    expect(started).toEqual([]);
  });

  it('exits with 2 where it cannot listen', async () => {
    const message = 'cannot listen on `127.0.0.1:9595`: the address is in use';
    const run = await cli(['serve', '-p', 'x.yaml'], failing({ kind: 'address', message }));
    expect(run).toEqual({ code: 2, stdout: '', stderr: `error: ${message}\n` });
  });

  it('shows what is wrong with the files, and exits as lint does', async () => {
    const wrong = { name: 'policy.yaml', text: POLICY.replace('7', "'7'") };
    const position = { file: 'policy.yaml', line: 7, column: 25 };
    const finding = { severity: 'error', code: 'quoted_number', message: 'it is text' } as const;
    const failure: ServeFailure = {
      kind: 'policies',
      findings: [{ ...finding, position, endColumn: 28 }],
      sources: [wrong],
    };
    const run = await cli(['serve', '-p', 'policy.yaml'], failing(failure));
    expect(run.code).toBe(1);
    expect(run.stderr).toContain(
      "7 |     max_retention_days: '7'\n  |                         ^^^",
    );
  });

  it('exits with 2 where a file cannot be read', async () => {
    const position = { file: 'x.yaml', line: 0, column: 0 };
    const finding = { severity: 'error', code: 'unreadable_file', message: 'no' } as const;
    const failure: ServeFailure = {
      kind: 'policies',
      findings: [{ ...finding, position, endColumn: 0 }],
      sources: [],
    };
    expect((await cli(['serve', '-p', 'x.yaml'], failing(failure))).code).toBe(2);
  });
});

describe('serve --check', () => {
  it('reports as lint does, and starts nothing', async () => {
    const { runServer, started } = stoppingServer();
    const flags = ['-p', 'policy.yaml', '--catalog', 'catalog.yaml'];
    const checked = await cli(['serve', '--check', ...flags], { files: FILES, runServer });
    expect(checked).toEqual(await cli(['lint', ...flags], { files: FILES }));
    expect(checked.stdout).toContain('2 warnings: 2 files checked');
    expect(started).toEqual([]);
  });

  it('exits with 1 for files that would not be served', async () => {
    const files = { 'policy.yaml': POLICY.replace('7', "'7'") };
    expect((await cli(['serve', '--check', '-p', 'policy.yaml'], { files })).code).toBe(1);
  });

  const CONFIG =
    'apiVersion: ambit/v1\nkind: Service\nspec:\n  policies: [policy.yaml]\n  limits: { candidates: 0 }\n';
  const WRONG = { 'ambit.yaml': CONFIG, 'policy.yaml': POLICY.replace('7', "'7'") };

  it('reports what is wrong with the configuration and with the policies, in one run', async () => {
    const run = await cli(['serve', '--check', '-c', 'ambit.yaml'], { files: WRONG });
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(run.stdout).toContain('--> ambit.yaml:5:25');
    expect(run.stdout).toContain('--> policy.yaml:7:');
    expect(run.stdout).toContain('2 errors: 2 files checked');
  });

  it('reports a wrong configuration to programs as it does policies', async () => {
    const files = { 'ambit.yaml': CONFIG.replace('  policies: [policy.yaml]\n', '') };
    const flags = ['serve', '--check', '-c', 'ambit.yaml', '--format', 'json'];
    const run = await cli(flags, { files });
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(run.stdout)).toMatchObject({
      findings: [{ file: 'ambit.yaml', line: 4, column: 25, code: 'out_of_range' }],
      summary: { files: 1, errors: 1 },
    });
  });

  it.each([
    [['--listen', '127.0.0.1:9596'], 2],
    [['--listen', '127.0.0.1:9596', '--diagnostics', 'none'], 0],
    [['--listen', 'unix:/a.sock', '--diagnostics', 'unix:/a.sock'], 2],
    [['--listen', '127.0.0.1:0', '--diagnostics', '127.0.0.1:0'], 0],
  ])('sees that diagnostics and a listener have one address: %j', async (flags, code) => {
    const run = await cli(['serve', '--check', '-p', 'policy.yaml', ...flags], { files: FILES });
    expect(run.code).toBe(code);
    const expected = code === 2 ? / is the address of a listener and of diagnostics\n/ : /^$/;
    expect(run.stderr).toMatch(expected);
  });
});
