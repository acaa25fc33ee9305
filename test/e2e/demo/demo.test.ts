import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { findBinary } from '../support/envoy';

const RUN = join(__dirname, '../../../deploy/envoy/demo/run.mjs');

const leftovers = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('ambit-demo-'));

describe('the demonstration with Envoy', () => {
  it('shows a request that goes out, one that falls back inside the eligible set, and one that is blocked', async () => {
    const before = leftovers();
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [RUN], {
      env: { ...process.env, ENVOY_BIN: findBinary() },
    });
    expect(stderr).toBe('');
    const shown = stdout.split('\n').map((line) => line.trim());
    expect(shown.filter((line) => /^(?:answer|received) /.test(line))).toEqual([
      'answer    200 hello from alpha',
      'received  alpha 1, beta 0, gamma 0',
      'answer    200 hello from gamma',
      'received  alpha 1, beta 0, gamma 1',
      expect.stringMatching(/^answer {4}403 no_compliant_provider: .*`nothing-kept`/) as string,
      'received  alpha 0, beta 0, gamma 0',
    ]);
    expect(stdout).toContain('contrary  zero_data_retention');
    expect(stdout).toMatch(/^ {3}ambit audit reconcile --decisions \S+ --attempts \S+\n\n/m);
    expect(shown).toContain('attempts   3: 3 clean');
    expect(shown).toContain('clean: no attempt that its decision does not allow');
    expect(leftovers()).toEqual(before);
  });
});
