import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { readUnit } from './support/unit-file';

const FOLDER = resolve(__dirname, '../../deploy/systemd');
const SERVICE = readUnit(readFileSync(join(FOLDER, 'ambit.service'), 'utf8')).get('Service');

/** How long Ambit drains unless it is told otherwise, in seconds. */
const DRAIN_SECONDS = 10;

function setting(key: string): string | undefined {
  return SERVICE?.get(key)?.join(' ');
}

describe('the unit of systemd', () => {
  it('checks what it is about to serve, by the same command', () => {
    expect(setting('ExecStartPre')).toBe(`${setting('ExecStart') ?? ''} --check`);
    expect(setting('ExecStart')).toMatch(
      /^\/usr\/bin\/node \/usr\/lib\/ambit\/dist\/main.js serve /,
    );
  });

  it('gives it time to drain, and starts it again only if it failed', () => {
    expect(Number.parseInt(setting('TimeoutStopSec') ?? '', 10)).toBeGreaterThan(DRAIN_SECONDS);
    expect(setting('Restart')).toBe('on-failure');
    expect(SERVICE?.has('ExecReload')).toBe(false);
  });

  it('bounds the heap below the memory', () => {
    const heap = /--max-old-space-size=(\d+)/.exec(setting('Environment') ?? '')?.[1];
    expect(Number(heap) + 100).toBeLessThan(Number.parseInt(setting('MemoryMax') ?? '', 10));
  });

  it('bounds what is in flight as the image does', () => {
    const bytes = /AMBIT_LIMITS_BYTES_IN_FLIGHT=(\d+)/;
    const image = readFileSync(join(FOLDER, '../docker/Dockerfile'), 'utf8');
    expect(bytes.exec(setting('Environment') ?? '')?.[1]).toBe(bytes.exec(image)?.[1] ?? 'set');
  });

  it('lets V8 compile', () => {
    expect(SERVICE?.has('MemoryDenyWriteExecute')).toBe(false);
  });

  it('makes the folder of the socket for the group that the user file declares', () => {
    const users = readFileSync(join(FOLDER, 'ambit.sysusers.conf'), 'utf8');
    expect(users).toMatch(new RegExp(`^u ${setting('User') ?? '?'} - `, 'm'));
    expect(setting('Group')).toBe(setting('User'));
    expect(setting('RuntimeDirectory')).toBe('ambit');
    expect(setting('RuntimeDirectoryMode')).toBe('0750');
  });
});

describe('the reader of units', () => {
  it('keeps every value of a key, and refuses what it does not know', () => {
    const unit = readUnit('[A]\n# c\nk=1\nk=\n\n[B]\nk=x=y\n');
    expect(unit.get('A')?.get('k')).toEqual(['1', '']);
    expect(unit.get('B')?.get('k')).toEqual(['x=y']);
    expect(() => readUnit('k=1')).toThrow('no setting');
    expect(() => readUnit('[A]\nnonsense')).toThrow('no setting');
  });
});
