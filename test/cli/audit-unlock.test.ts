import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

import { lockDirectory } from '../../src/audit/files/directory-lock';
import { cli, type CliRun } from './support/cli';

let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-unlock-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

const run = (...args: readonly string[]): Promise<CliRun> => cli(['audit', 'unlock', ...args]);

/** Of a process that has ended, if it is of this host. */
function put(change: object): void {
  const lock = { host: hostname(), pid: 2 ** 30, start: '', token: 'a1', ...change };
  writeFileSync(join(directory, 'lock'), JSON.stringify(lock));
}

const unlocked = (host: string): CliRun => ({
  code: 0,
  stdout: `unlocked: \`${directory}\`, which process ${String(2 ** 30)} on ${host} held\n`,
  stderr: '',
});

describe('ambit audit unlock', () => {
  it('says that nobody holds a directory, and puts nothing there', async () => {
    const free = { code: 0, stdout: `free: nobody holds \`${directory}\`\n`, stderr: '' };
    await expect(run(`${directory}/`)).resolves.toEqual(free);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('says of no directory that is not there that it is free', async () => {
    const { code, stdout, stderr } = await run(join(directory, 'misspelt'));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('cannot be read: there is no such file or directory');
    expect(stderr).toContain('help: name the directory of a trail');
  });

  it('removes the lock of a process that has ended', async () => {
    put({});
    await expect(run(directory)).resolves.toEqual(unlocked(hostname()));
    expect(readdirSync(directory)).toEqual([]);
  });

  it('leaves that of a process that lives, also where its host is named', async () => {
    const release = await lockDirectory(directory);
    const before = readFileSync(join(directory, 'lock'), 'utf8');
    for (const holder of [[], ['--holder', hostname()]]) {
      const { code, stdout, stderr } = await run(directory, ...holder);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(`process ${String(process.pid)} on ${hostname()} writes`);
    }
    expect(readFileSync(join(directory, 'lock'), 'utf8')).toBe(before);
    await release();
  });

  it.each([
    ['without a kernel', {}],
    ['of another kernel', { boot: 'another' }],
  ])('removes that of another host %s only where it is named', async (_, change) => {
    put({ host: 'elsewhere', ...change });
    for (const holder of [[], ['--holder', 'here'], ['--holder', hostname()]]) {
      const { code, stdout, stderr } = await run(directory, ...holder);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(`ambit audit unlock ${directory} --holder elsewhere`);
    }
    expect(readdirSync(directory)).toEqual(['lock']);
    await expect(run(directory, '--holder', 'elsewhere')).resolves.toEqual(unlocked('elsewhere'));
    expect(readdirSync(directory)).toEqual([]);
  });

  it('leaves what is no lock of ours', async () => {
    writeFileSync(join(directory, 'lock'), 'x');
    const { code, stderr } = await run(directory, '--holder', 'x');
    expect(code).toBe(1);
    expect(stderr).toContain('look at it, and remove it if nothing writes there');
    expect(readdirSync(directory)).toEqual(['lock']);
  });

  it.each<[string, (path: string) => void]>([
    ['a pipe', (path) => execFileSync('mkfifo', [path])],
    [
      'a device that never ends',
      (path) => {
        symlinkSync('/dev/zero', path);
      },
    ],
    [
      'a link to a lock',
      (path) => {
        writeFileSync(
          join(directory, 'other'),
          JSON.stringify({ host: hostname(), pid: 2 ** 30, start: '', token: 'a1' }),
        );
        symlinkSync(join(directory, 'other'), path);
      },
    ],
    [
      'a directory',
      (path) => {
        mkdirSync(path);
      },
    ],
    [
      'a file of a gigabyte',
      (path) => {
        writeFileSync(path, '');
        truncateSync(path, 2 ** 30);
      },
    ],
  ])('neither waits for %s in the place of a lock, nor takes it for one', async (_, make) => {
    make(join(directory, 'lock'));
    const before = readdirSync(directory);
    const { code, stdout, stderr } = await run(directory, '--holder', hostname());
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('its file `lock` is not of Ambit');
    expect(readdirSync(directory)).toEqual(before);
  });

  it('leaves claims that follow each other in a circle', async () => {
    put({ token: 'a1' });
    for (const [name, token] of [
      ['lock-a1', 'b2'],
      ['lock-b2', 'a1'],
    ] as const) {
      const claim = { host: hostname(), pid: 2 ** 30, start: '', token };
      writeFileSync(join(directory, name), JSON.stringify(claim));
    }
    const { code, stderr } = await run(directory);
    expect(code).toBe(1);
    expect(stderr).toContain('its file `lock` is not of Ambit');
    expect(readdirSync(directory)).toEqual(['lock', 'lock-a1', 'lock-b2']);
  });

  it('removes beside the lock what is of nobody, and follows no link there', async () => {
    put({});
    execFileSync('mkfifo', [join(directory, 'lock-pipe')]);
    symlinkSync('/dev/zero', join(directory, 'lock-link'));
    mkdirSync(join(directory, 'lock-directory'));
    writeFileSync(join(directory, 'lock-old'), '');
    await expect(run(directory)).resolves.toEqual(unlocked(hostname()));
    expect(readdirSync(directory)).toEqual(['lock-directory', 'lock-link', 'lock-pipe']);
  });

  it('shows the host of a lock as text, and never in a command that could be run', async () => {
    const host = '\u001b]0;x\u0007`; touch /tmp/x\n\u202e';
    put({ host });
    const kept = await run(directory);
    expect(kept.code).toBe(1);
    expect(kept.stderr).toContain(`ambit audit unlock ${directory} --holder HOST\``);
    const removed = await run(directory, '--holder', host);
    expect(removed).toMatchObject({ code: 0, stderr: '' });
    expect(removed.stdout).toContain('on \\u{1b}]0;x\\u{7}`; touch /tmp/x\\u{a}\\u{202e} held');
  });

  it.each([
    ['no directory', () => [], 'takes one directory'],
    ['two', () => [directory, directory], 'takes one directory'],
    ['a file', () => [join(directory, 'lock')], 'cannot be read'],
  ])('takes %s for wrong usage', async (_, args, message) => {
    put({});
    const { code, stdout, stderr } = await run(...args());
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
