import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

import { lockDirectory } from '../../src/audit/files/directory-lock';

let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-lock-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** A number that no process has: above what Linux gives. */
const DEAD = 2 ** 30;

const holder = (token: string, change: object = {}): string =>
  JSON.stringify({ host: hostname(), pid: DEAD, start: '', token, ...change });

/** The run of the kernel that all processes of this machine have in common. */
const BOOT = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

/** Of another machine. */
const AWAY = { host: 'elsewhere', boot: 'another' };

/** Of another container of this machine. */
const BESIDE = { host: 'elsewhere', boot: BOOT };

const put = (name: string, text: string): void => {
  writeFileSync(join(directory, name), text);
};

/** So many begin at once: those that got it. */
async function race(count: number): Promise<readonly (() => Promise<void>)[]> {
  const tries = Array.from({ length: count }, () => lockDirectory(directory));
  const settled = await Promise.allSettled(tries);
  return settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}

describe('the lock of a trail', () => {
  it('lets one in, and the next one when that has gone', async () => {
    const release = await lockDirectory(directory);
    await expect(lockDirectory(directory)).rejects.toThrow(
      `process ${String(process.pid)} on ${hostname()} writes to the trail in \`${directory}\``,
    );
    await release();
    expect(readdirSync(directory)).toEqual([]);
    await (
      await lockDirectory(directory)
    )();
  });

  it.each([
    ['of nobody', () => undefined],
    [
      'of a process that has ended',
      () => {
        put('lock', holder('a1'));
      },
    ],
    [
      'of one that ended while it took over',
      () => {
        put('lock', holder('a1'));
        put('lock-a1', holder('b2'));
        put('lock-b2', holder('c3'));
      },
    ],
    [
      'with claims of long ago',
      () => {
        put('lock', holder('a1'));
        put('lock-dead', holder('b2'));
      },
    ],
    [
      'of a process whose number another one has now',
      () => {
        put('lock', holder('a1', { pid: process.pid, start: 'another boot 1' }));
      },
    ],
    [
      'of a process of another container that has ended',
      () => {
        put('lock', holder('a1', BESIDE));
      },
    ],
    [
      'of a machine of this name that was started again',
      () => {
        put('lock', holder('a1', { pid: process.pid, boot: 'another' }));
      },
    ],
  ])('lets in one of many that begin at once at a lock %s', async (_, prepare) => {
    for (let round = 0; round < 25; round += 1) {
      prepare();
      const winners = await race(8);
      expect(winners).toHaveLength(1);
      expect(JSON.parse(readFileSync(join(directory, 'lock'), 'utf8'))).toMatchObject({
        pid: process.pid,
      });
      await winners[0]?.();
      expect(readdirSync(directory).filter((name) => name === 'lock')).toEqual([]);
    }
  });

  it.each([
    ['of another host', holder('a1', { host: 'elsewhere' }), 'on elsewhere'],
    ['of another host and run of a kernel', holder('a1', AWAY), 'on elsewhere'],
    ['that nobody of us wrote', 'x', 'someone writes'],
    ['with a name that leads elsewhere', holder('../a'), 'someone writes'],
    ['with no name of a kernel that is one', holder('a1', { boot: 7 }), 'someone writes'],
    ['with an empty name of a kernel', holder('a1', { boot: '' }), 'someone writes'],
  ])('lets nobody in at a lock %s', async (_, text, message) => {
    put('lock', text);
    await expect(lockDirectory(directory)).rejects.toThrow(message);
    expect(readdirSync(directory)).toEqual(['lock']);
  });

  it('does not take over from one that is taking over', async () => {
    put('lock', holder('a1'));
    put('lock-a1', holder('b2', { pid: process.pid }));
    await expect(lockDirectory(directory)).rejects.toThrow(`process ${String(process.pid)}`);
  });
});
