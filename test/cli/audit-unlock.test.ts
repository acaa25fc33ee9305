import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
