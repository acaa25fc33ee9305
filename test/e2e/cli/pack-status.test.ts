import { join } from 'node:path';

import type { AnswerDocument } from '../../../src/ports/wire-json';
import { ambit, ROOT } from './built-cli';
import type { BuiltRun } from './built-cli';

/** A pack that, by its own defaults, leaves nothing. */
const PACK = join(ROOT, 'test/e2e/envoy/pack-nothing-left.yaml');

function decide(status: string): BuiltRun {
  return ambit(['decide', '--policy', PACK, '--model', 'gpt-5.4-mini', '--format', 'json'], {
    environment: { AMBIT_KEEPTRUSTS_STATUS: status },
  });
}

describe('the status of a block by a pack', () => {
  it.each([
    ['', 403],
    ['403', 403],
    ['409', 409],
    ['451', 451],
  ])('is set by the environment: `%s`', (status, expected) => {
    const run = decide(status);
    const { block } = JSON.parse(run.stdout) as AnswerDocument;
    expect(run.code).toBe(3);
    expect(block).toMatchObject({ code: 'no_compliant_provider', httpStatus: expected });
  });

  it.each(['500', '200', 'teapot'])('is refused where no block can have it: `%s`', (status) => {
    const run = decide(status);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('AMBIT_KEEPTRUSTS_STATUS');
    expect(run.stdout).toBe('');
  });
});
