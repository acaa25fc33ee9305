import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';

import { answerOf, openClient } from './support/client';
import { at, startService } from './support/service';

const directories: string[] = [];

afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

function socketPath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'ambit-listen-'));
  directories.push(directory);
  return join(directory, 'a.sock');
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(path, () => {
      resolve(server);
    });
  });
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });

async function statusOver(address: string): Promise<unknown> {
  const client = openClient('ambit.v1.PolicyService', address);
  const { state } = await answerOf(client, 'GetStatus', {});
  client.close();
  return state;
}

describe('a unix socket', () => {
  it('is open to owner and group only, answers, and is gone afterwards', async () => {
    const path = socketPath();
    const service = await startService(undefined, { listeners: at(`unix:${path}`) });
    expect(statSync(path).mode & 0o777).toBe(0o660);
    expect(await statusOver(`unix:${path}`)).toBe('SERVING_STATE_READY');
    await service.stop();
    expect(() => statSync(path)).toThrow('ENOENT');
  });

  it('is replaced where a process has left it behind', async () => {
    const path = socketPath();
    const leave = `require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', leave, path]);
    expect(statSync(path).isSocket()).toBe(true);
    const service = await startService(undefined, { listeners: at(`unix:${path}`) });
    expect(await statusOver(`unix:${path}`)).toBe('SERVING_STATE_READY');
    await service.stop();
  });

  it('is left alone while another process listens on it', async () => {
    const path = socketPath();
    const other = await listen(path);
    await expect(startService(undefined, { listeners: at(`unix:${path}`) })).rejects.toThrow(
      'another process listens',
    );
    expect(statSync(path).isSocket()).toBe(true);
    await close(other);
  });

  it('never takes the place of another file', async () => {
    const path = socketPath();
    writeFileSync(path, 'mine');
    await expect(startService(undefined, { listeners: at(`unix:${path}`) })).rejects.toThrow(
      'is not a socket',
    );
    expect(statSync(path).isFile()).toBe(true);
  });

  it('needs a directory that is there', async () => {
    const path = join(dirname(socketPath()), 'none', 'a.sock');
    await expect(startService(undefined, { listeners: at(`unix:${path}`) })).rejects.toThrow(
      `its directory \`${dirname(path)}\` does not exist; make it with \`mkdir -p\``,
    );
  });
});

describe('an address', () => {
  it.each([
    ['0.0.0.0:0', 'plaintext beyond this machine'],
    ['192.0.2.1:9595', 'plaintext beyond this machine'],
    ['[::]:0', 'plaintext beyond this machine'],
    ['example.com:1', 'plaintext beyond this machine'],
    ['127.0.0.1', 'is no address'],
    ['127.0.0.1:99999', 'is no address'],
    ['::1:5', 'is no address'],
    ['unix:relative.sock', 'is no address'],
    ['', 'is no address'],
  ])('is refused: `%s`', async (address, problem) => {
    await expect(startService(undefined, { listeners: at(address) })).rejects.toThrow(problem);
  });

  it('beyond loopback is taken where plaintext there is asked for', async () => {
    const service = await startService(undefined, {
      listeners: [{ address: '0.0.0.0:0', insecure: true }],
    });
    expect(service.addresses).toHaveLength(1);
    await service.stop();
  });

  it.each(['localhost:0', '127.0.0.1:0', '127.8.7.6:0'])(
    'is taken, and answers: `%s`',
    async (address) => {
      const service = await startService(undefined, { listeners: at(address) });
      expect(await statusOver(service.addresses[0] ?? '')).toBe('SERVING_STATE_READY');
      await service.stop();
    },
  );

  it('of IPv6 is taken where the machine has it', async () => {
    const hasIpv6 = Object.values(networkInterfaces())
      .flat()
      .some((each) => each?.address === '::1');
    const started = startService(undefined, { listeners: at('[::1]:0') });
    if (!hasIpv6) {
      await expect(started).rejects.toThrow('cannot listen');
      return;
    }
    const service = await started;
    expect(service.addresses[0]).toMatch(/^\[::1\]:[1-9]\d*$/);
    expect(await statusOver(service.addresses[0] ?? '')).toBe('SERVING_STATE_READY');
    await service.stop();
  });

  it('that is in use stops all others from being served', async () => {
    const first = await startService(undefined, { listeners: at('127.0.0.1:0') });
    const path = socketPath();
    await expect(
      startService(undefined, { listeners: at(`unix:${path}`, ...first.addresses) }),
    ).rejects.toThrow(/cannot listen on .* is in use; end .* or choose another with `--listen`/);
    expect(() => statSync(path)).toThrow('ENOENT');
    await first.stop();
  });
});
