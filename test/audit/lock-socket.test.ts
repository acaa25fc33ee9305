import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { lockDirectory } from '../../src/audit/files/directory-lock';
import { startOf } from '../../src/audit/files/process-start';

let root = '';
let directory = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ambit-lock-socket-'));
  directory = root;
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const BOOT = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

/** A number that no process has: above what Linux gives. */
const DEAD = 2 ** 30;

/** A process of another container of this machine, of which only the socket is seen from here. */
const BESIDE = { host: 'elsewhere', pid: DEAD, start: `${BOOT} 1`, boot: BOOT, token: 'a1' };

const SOCKET = '.lock-a1.sock';

const path = (name: string): string => join(directory, name);

function put(name: string, change: object = {}): void {
  writeFileSync(path(name), JSON.stringify({ ...BESIDE, ...change }));
}

/** Leaves a socket behind as a process does that is killed. */
async function leaveSocket(name: string): Promise<void> {
  const code = `require('node:net').createServer().listen(${JSON.stringify(path(name))}, () => console.log('x'))`;
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(lstatSync(path(name)).isSocket()).toBe(true);
}

/** Takes the lock and gives it back; then nothing of it is left. */
async function takeAndGiveBack(endedHost?: string): Promise<readonly string[]> {
  const release = await lockDirectory(directory, endedHost);
  const { token } = JSON.parse(readFileSync(path('lock'), 'utf8')) as typeof BESIDE;
  expect(readdirSync(directory)).toEqual(expect.arrayContaining([`.lock-${token}.sock`, 'lock']));
  await release();
  return readdirSync(directory);
}

describe('the socket of a lock', () => {
  it('is there for its owner alone as long as the lock is, and hangs up at once', async () => {
    const release = await lockDirectory(directory);
    const [socket = ''] = readdirSync(directory).filter((name) => name.endsWith('.sock'));
    expect(statSync(path(socket)).mode & 0o777).toBe(0o600);
    const client = createConnection({ path: path(socket) });
    client.resume();
    await once(client, 'close');
    await release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('keeps away everybody of the same kernel, whatever host and number they see', async () => {
    put('lock');
    const server = createServer().listen(path(SOCKET));
    await once(server, 'listening');
    const message = `process ${String(DEAD)} on elsewhere writes to the trail in \`${directory}\``;
    await expect(lockDirectory(directory)).rejects.toThrow(message);
    await expect(lockDirectory(directory, 'elsewhere')).rejects.toThrow(message);
    await new Promise((resolve) => server.close(resolve));
    await expect(takeAndGiveBack()).resolves.toEqual([]);
  });

  it('lets in once its process was killed, and is removed with all that others left', async () => {
    put('lock');
    put('lock-a1', { token: 'b2' });
    put('.lock-c3', { token: 'c3' });
    put('.lock-d4-d4', { token: 'd4' });
    for (const token of ['a1', 'b2', 'c3', 'd4']) await leaveSocket(`.lock-${token}.sock`);
    await expect(takeAndGiveBack()).resolves.toEqual([]);
  });

  it('stays, with what names it, where its process lives or may', async () => {
    put('lock');
    put('.lock-b2', { token: 'b2', boot: 'another' });
    put('.lock-c3', { token: 'c3', pid: process.pid, start: await startOf(process.pid) });
    writeFileSync(path('.lock-b2.sock'), '');
    writeFileSync(path('.lock-c3.sock'), '');
    const stays = ['.lock-b2', '.lock-b2.sock', '.lock-c3', '.lock-c3.sock'];
    await expect(takeAndGiveBack()).resolves.toEqual(stays);
  });

  it('is not needed where the process itself is seen to run', async () => {
    put('lock', { pid: process.pid, start: await startOf(process.pid) });
    await expect(lockDirectory(directory)).rejects.toThrow('on elsewhere writes to the trail');
  });

  it('shows nothing where it cannot be asked', async () => {
    put('lock');
    symlinkSync(SOCKET, path(SOCKET));
    await expect(lockDirectory(directory)).rejects.toThrow('as far as can be seen from here');
    await expect(takeAndGiveBack('elsewhere')).resolves.toEqual([]);
  });

  it('is made and asked where the path is longer than one of a socket may be', async () => {
    directory = join(directory, 'x'.repeat(120));
    mkdirSync(directory);
    const release = await lockDirectory(directory);
    await expect(lockDirectory(directory)).rejects.toThrow(`process ${String(process.pid)}`);
    // The lock is another one by now, so that only the socket goes.
    put('lock');
    await release();
    expect(readdirSync(directory)).toEqual(['lock']);
    await expect(takeAndGiveBack()).resolves.toEqual([]);
  });
});

describe('a lock of another run of a kernel', () => {
  it.each([
    ['another host', {}],
    ['another host that listened nowhere', { boot: undefined }],
  ])('is taken from %s only where its host is named', async (_, change) => {
    put('lock', { boot: 'another', ...change });
    const message = `\`ambit audit unlock ${directory} --holder elsewhere\` makes way`;
    await expect(lockDirectory(directory)).rejects.toThrow(message);
    await expect(lockDirectory(directory, 'elsewher')).rejects.toThrow(message);
    await expect(takeAndGiveBack('elsewhere')).resolves.toEqual([]);
  });
});
