import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { createFileReader } from '../../src/sources/files/file-reader';
import { cli, type CliRun } from './support/cli';
import { writeReportTrail } from './support/report-trail';
import { trailDirectory } from './support/trail-directory';

const EXAMPLE = join(__dirname, '../../docs/examples/report');
const TRAIL = join(EXAMPLE, 'trail');

/** Makes the example anew; its key is thrown away, so that nothing can be added to it. */
async function write(): Promise<void> {
  const place = trailDirectory();
  await writeReportTrail(place);
  rmSync(EXAMPLE, { recursive: true, force: true });
  mkdirSync(EXAMPLE, { recursive: true });
  cpSync(place.trail, TRAIL, { recursive: true });
  cpSync(place.key, join(EXAMPLE, 'trail.pub.pem'));
  place.remove();
}

function run(...args: readonly string[]): Promise<CliRun> {
  return cli(['audit', ...args], { reader: createFileReader() });
}

beforeAll(async () => {
  if (process.env['UPDATE_GOLDEN'] === '1') await write();
});

test('the example of docs/report.md is a trail of today’s form', async () => {
  const key = ['--key', join(EXAMPLE, 'trail.pub.pem')];
  expect(await run('verify', TRAIL, ...key)).toMatchObject({ code: 0 });
  expect(await run('replay', '--records', TRAIL)).toMatchObject({ code: 0 });
  const { code, stdout } = await run('report', '--records', TRAIL, ...key);
  expect([code, stdout.split('\n').at(-2)]).toEqual([0, 'proven: as far as is said above']);
});
