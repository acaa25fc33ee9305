import { createAuthority } from '../contract/support/authority';
import type { Authority } from '../contract/support/authority';
import { cli, type CliRun } from './support/cli';
import { FILES } from './support/files';

let authority: Authority;

beforeAll(() => {
  authority = createAuthority();
});

afterAll(() => {
  authority.remove();
});

/** Checks a configuration whose headers stand in line 6, and whose authorities stand in line 7. */
function check(secret: string, caFile: string): Promise<CliRun> {
  const config = `apiVersion: ambit/v1
kind: Service
spec:
  tracing:
    endpoint: https://collector.example/v1/traces
    headers: { authorization: ${secret} }
    ca_file: ${JSON.stringify(caFile)}
`;
  const world = { files: { 'ambit.yaml': config, ...FILES } };
  const policies = ['-p', 'policy.yaml', '--catalog', 'catalog.yaml'];
  return cli(['serve', '--check', '-c', 'ambit.yaml', ...policies], world);
}

describe('serve --check of what traces need', () => {
  const file = (path: string): string => `{ file: ${JSON.stringify(path)} }`;

  it('says what is missing at the key that names it', async () => {
    const variable = await check('{ env: NO_SUCH_VARIABLE }', authority.certificateFile);
    expect(variable.code).toBe(2);
    expect(variable.stdout).toContain(
      `error[unusable_tracing]: cannot send traces: the variable \`NO_SUCH_VARIABLE\` is not set
 --> ambit.yaml:6:5`,
    );
    const missing = await check(file('/no/token'), authority.certificateFile);
    expect(missing.stdout).toContain('`/no/token` cannot be read: there is no such file');
  });

  it('never shows what a file holds', async () => {
    const pem = authority.certificateFile;
    const run = await check(file(pem), pem);
    expect(run.stdout).toContain(
      'the value of the header `authorization` has characters that no header can have',
    );
    expect(run.stdout).not.toContain('BEGIN CERTIFICATE');
  });

  it('wants authorities in PEM', async () => {
    const run = await check(file('/proc/sys/kernel/ostype'), '/proc/sys/kernel/ostype');
    expect(run.stdout).toContain('`/proc/sys/kernel/ostype` holds no certificate in PEM');
    expect(run.stdout).toContain(' --> ambit.yaml:7:5');
  });
});
