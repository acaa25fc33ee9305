import { cli } from './support/cli';
import { scriptServer } from './support/client';

describe('health', () => {
  it.each([
    ['serving', 0],
    ['not_serving', 1],
    ['unknown_service', 1],
  ] as const)('prints `%s`', async (health, code) => {
    const server = scriptServer({ health });
    const run = await cli(['health'], server);
    expect(run).toEqual({ code, stdout: `${health}\n`, stderr: '' });
    expect(server.open()).toBe(0);
  });

  it('asks the default address for the whole server', async () => {
    const server = scriptServer({ health: 'serving' });
    await cli(['health'], server);
    expect(server.targets.map(({ address }) => address)).toEqual(['127.0.0.1:9595']);
    expect(server.asked).toEqual([['health', '']]);
  });

  it('asks where and for what it is told', async () => {
    const server = scriptServer({ health: 'serving' });
    const line = [
      'health',
      '--server',
      'unix:/run/x.sock',
      '--service',
      'ambit.v1.DecisionService',
    ];
    const run = await cli(line, server);
    expect(server.targets.map(({ address }) => address)).toEqual(['unix:/run/x.sock']);
    expect(server.asked).toEqual([['health', 'ambit.v1.DecisionService']]);
    expect(run.stdout).toBe('serving ambit.v1.DecisionService\n');
  });

  it('exits with 5 where nobody answers', async () => {
    const failure = { kind: 'unreachable', status: 'UNAVAILABLE', message: 'refused' } as const;
    const server = scriptServer({ failure });
    const run = await cli(['health'], server);
    expect(run.code).toBe(5);
    expect(run.stdout).toBe('');
    expect(run.stderr).toBe(
      'error: no answer from `127.0.0.1:9595`: refused\nhelp: is `ambit serve` running there?\n',
    );
    expect(server.open()).toBe(0);
  });

  it('refuses what is no address', async () => {
    const run = await cli(
      ['health', '--server', 'x'],
      scriptServer({ problem: '`x` is no address' }),
    );
    expect(run).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: `x` is no address\nhelp: write `--server HOST:PORT` or `--server unix:/PATH`\n',
    });
  });
});
