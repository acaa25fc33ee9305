import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { generateTrailKeys } from '../../src/platform/trail-keys';
import { cli, type CliRun } from './support/cli';
import { FILES } from './support/files';

const { privatePem, publicPem } = generateTrailKeys();
const ENVIRONMENT = { GOOD_KEY: privatePem, OTHER_KEY: publicPem, TOKEN: 'Bearer t' };

/** Nothing is there yet, and nothing is made. */
const TRAIL = join(tmpdir(), 'ambit-no-trail');

/** What stands in lines 6, 7, 10 and 11. */
interface Stated {
  readonly key?: string;
  readonly previous?: string;
  readonly password?: string;
  readonly token?: string;
}

function check(
  stated: Stated,
  environment: Readonly<Record<string, string>> = {},
): Promise<CliRun> {
  const { key = 'GOOD_KEY', previous = 'GOOD_KEY', password = 'TOKEN', token = 'TOKEN' } = stated;
  const config = `apiVersion: ambit/v1
kind: Service
spec:
  audit:
    directory: ${TRAIL}
    private_key: { env: ${key} }
    previous_key: { env: ${previous} }
    sinks:
      - { name: lines, kind: stdout }
      - { name: db, kind: postgres, host: ::1, database: d, user: u, table: t, password: { env: ${password} } }
      - { name: logs, kind: otlp, url: "http://127.0.0.1:1/v1/logs", headers: { authorization: { env: ${token} } } }
`;
  const files = { 'ambit.yaml': config, ...FILES };
  const policies = ['-p', 'policy.yaml', '--catalog', 'catalog.yaml'];
  const world = { files, environment: { ...ENVIRONMENT, ...environment } };
  return cli(['serve', '--check', '-c', 'ambit.yaml', ...policies], world);
}

const error = (problem: string): string =>
  `error[unusable_audit]: cannot keep evidence: ${problem}`;

describe('serve --check of what evidence needs', () => {
  it('has nothing to say of keys and secrets that can be used', async () => {
    expect((await check({})).stdout).not.toContain('unusable_audit');
  });

  it('says each problem at the key, or the sink, that names it', async () => {
    const run = await check({
      ...{ key: 'OTHER_KEY', previous: 'NO_KEY', password: 'NO_PASSWORD', token: 'NO_TOKEN' },
    });
    expect(run.code).toBe(2);
    const not = (name: string): string => `the variable \`${name}\` is not set`;
    const key = error(
      'the key of the trail: `OTHER_KEY`: it holds a public key, and the private one signs',
    );
    expect(run.stdout).toContain(`${key}\n --> ambit.yaml:6:5`);
    const previous = error(`the key of the trail: ${not('NO_KEY')}`);
    expect(run.stdout).toContain(`${previous}\n --> ambit.yaml:7:5`);
    const db = error(`the sink \`db\`: ${not('NO_PASSWORD')}`);
    expect(run.stdout).toContain(`${db}\n  --> ambit.yaml:10:17`);
    const logs = error(`the sink \`logs\`: ${not('NO_TOKEN')}`);
    expect(run.stdout).toContain(`${logs}\n  --> ambit.yaml:11:17`);
  });

  it('never shows what they hold', async () => {
    const secret = 'two\nlines-of-a-secret';
    const run = await check({ key: 'BAD', password: 'BAD', token: 'BAD' }, { BAD: secret });
    expect(run.stdout).toContain('the variable `BAD` must hold one line, and not be empty');
    expect(run.stdout + run.stderr).not.toContain('lines-of-a-secret');
  });

  it('says once that the key stands where its place should', async () => {
    const config = `apiVersion: ambit/v1
kind: Service
spec:
  audit: { directory: /nowhere/trail, private_key: trail.key.pem }
`;
    const files = { 'ambit.yaml': config, ...FILES };
    const args = ['serve', '--check', '-c', 'ambit.yaml', '-p', 'policy.yaml'];
    const run = await cli([...args, '--catalog', 'catalog.yaml'], { files });
    expect(run.stdout).toContain('error[secret_value]');
    expect(run.stdout).not.toContain('missing_key');
  });

  it('says of files that they are missing, and makes no trail', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'ambit-serve-audit-'));
    try {
      const config = `apiVersion: ambit/v1
kind: Service
spec:
  audit: { directory: ${join(directory, 'trail')}, private_key: { file: ${join(directory, 'no.pem')} } }
`;
      writeFileSync(join(directory, 'empty'), '');
      const files = { 'ambit.yaml': config, ...FILES };
      const args = ['serve', '--check', '-c', 'ambit.yaml', '-p', 'policy.yaml'];
      const run = await cli([...args, '--catalog', 'catalog.yaml'], { files });
      expect(run.stdout).toContain('no.pem` cannot be read: there is no such file');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
