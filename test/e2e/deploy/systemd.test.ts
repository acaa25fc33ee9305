import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ROOT, runTool, type ToolRun } from './support/tools';

const UNIT = readFileSync(join(ROOT, 'deploy/systemd/ambit.service'), 'utf8');

/** Tenths of systemd's exposure level, 0 to 100: below 2.0 is what it calls OK, and few services are below it. */
const MOST_EXPOSURE = 15;

const directory = mkdtempSync(join(tmpdir(), 'ambit-unit-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** Runs systemd-analyze on a unit, in which the programs are those of this machine. */
function analyze(unit: string, ...args: readonly string[]): ToolRun {
  const file = join(directory, 'ambit.service');
  writeFileSync(file, unit.replaceAll('/usr/bin/node', process.execPath));
  return runTool(['systemd-analyze', ...args, file]);
}

function verify(unit: string): ToolRun {
  return analyze(unit, 'verify', '--man=no');
}

function exposure(unit: string): ToolRun {
  return analyze(unit, 'security', '--offline=yes', `--threshold=${String(MOST_EXPOSURE)}`);
}

// systemd is a thing of Linux; what the unit says is checked everywhere, in test/deploy.
if (process.platform === 'linux') {
  describe('systemd', () => {
    it('understands every line of the unit', () => {
      expect(verify(UNIT)).toEqual({ code: 0, output: '' });
    });

    it('would find a slip', () => {
      expect(verify(UNIT.replace('ProtectHome=', 'ProtectHomes=')).output).toContain(
        'ProtectHomes',
      );
    });

    it('rates what a broken-into Ambit could do as little', () => {
      const { code, output } = exposure(UNIT);
      expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
    });

    it('would rate it as more without a filter of system calls', () => {
      expect(exposure(UNIT.replaceAll(/^SystemCallFilter=.*$/gm, '')).code).not.toBe(0);
    });
  });
}
