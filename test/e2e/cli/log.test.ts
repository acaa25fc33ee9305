import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { CATALOG, POLICY } from '../../cli/support/files';
import { until } from '../support/wait';
import { ambit, MAIN, ROOT } from './built-cli';

let directory = '';
let address = '';
const children: ChildProcess[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-log-'));
  const logging = POLICY.replace('spec:', 'spec:\n  log_provider_selection: true');
  writeFileSync(join(directory, 'policy.yaml'), logging);
  writeFileSync(join(directory, 'catalog.yaml'), CATALOG);
  address = `unix:${join(directory, 'ambit.sock')}`;
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

/** Starts a service whose log goes to `stdout`, and waits until it is ready. */
async function serveInto(stdout: number | 'pipe'): Promise<ChildProcess> {
  const child = spawn(process.execPath, [MAIN, 'serve', '-p', directory, '--listen', address], {
    cwd: ROOT,
    stdio: ['ignore', stdout, 'ignore'],
  });
  children.push(child);
  await until('the service to be ready', () =>
    ambit(['health', '--server', address]).code === 0 ? true : undefined,
  );
  return child;
}

async function decidesAndEnds(child: ChildProcess): Promise<void> {
  for (let index = 0; index < 3; index += 1) {
    expect(ambit(['decide', '--server', address, '-m', 'chat']).code).toBe(0);
  }
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
}

describe('a service whose log cannot be written', () => {
  it('decides, and ends when it is asked to, where the disk is full', async () => {
    const full = openSync('/dev/full', 'w');
    const child = await serveInto(full);
    closeSync(full);
    await decidesAndEnds(child);
  });

  it('decides, and ends when it is asked to, where the reader is gone', async () => {
    const child = await serveInto('pipe');
    child.stdout?.destroy();
    await decidesAndEnds(child);
  });

  it('decides, and ends when it is asked to, where the reader does not read', async () => {
    const child = await serveInto('pipe');
    child.stdout?.pause();
    await decidesAndEnds(child);
  });
});
