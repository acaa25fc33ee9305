import { createAuthority } from '../contract/support/authority';
import type { Authority, Issued } from '../contract/support/authority';
import { cli, type CliRun } from './support/cli';
import { FILES } from './support/files';

let authority: Authority;
let issued: Issued;
let other: Issued;

beforeAll(() => {
  authority = createAuthority();
  issued = authority.issue({ names: ['DNS:localhost'] });
  other = authority.issue({ names: ['DNS:localhost'] });
});

afterAll(() => {
  authority.remove();
});

interface Files {
  readonly certificate?: string;
  readonly key?: string;
  readonly ca?: string;
}

/** Checks a configuration with one listener, whose three files stand in lines 7, 8 and 9. */
function check(files: Files, ...flags: readonly string[]): Promise<CliRun> {
  const config = `apiVersion: ambit/v1
kind: Service
spec:
  listeners:
    - address: 127.0.0.1:9999
      tls:
        certificate_file: ${JSON.stringify(files.certificate ?? issued.certificateFile)}
        private_key_file: ${JSON.stringify(files.key ?? issued.keyFile)}
        client_ca_file: ${JSON.stringify(files.ca ?? authority.certificateFile)}
`;
  const world = { files: { 'ambit.yaml': config, ...FILES } };
  const policies = ['-p', 'policy.yaml', '--catalog', 'catalog.yaml'];
  return cli(['serve', '--check', '-c', 'ambit.yaml', ...policies, ...flags], world);
}

describe('serve --check of TLS files', () => {
  it('finds nothing where they fit', async () => {
    const run = await check({});
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).not.toContain('unusable_tls');
  });

  it('shows a file that cannot be read at the key that names it', async () => {
    const run = await check({ certificate: '/no/tls.crt' });
    expect(run).toMatchObject({ code: 2, stderr: '' });
    expect(run.stdout).toContain(
      `error[unusable_tls]: cannot listen on \`127.0.0.1:9999\`: \`/no/tls.crt\` cannot be read: there is no such file
 --> ambit.yaml:7:9
  |
7 |         certificate_file: "/no/tls.crt"
  |         ^^^^^^^^^^^^^^^^
`,
    );
    expect(run.stdout).toMatch(/\n1 error, .*: 3 files checked/);
  });

  it.each<[string, number, string, () => Files]>([
    ['a certificate', 7, 'holds no certificate in PEM', () => ({ certificate: issued.keyFile })],
    ['a key of another certificate', 8, 'no private key of', () => ({ key: other.keyFile })],
    ['a key in place of its path', 8, 'a text in PEM', () => ({ key: issued.key.toString() })],
    ['an authority', 9, 'holds no certificate in PEM', () => ({ ca: issued.keyFile })],
  ])('tells programs of %s, and shows no key', async (_, line, message, files) => {
    const run = await check(files(), '--format', 'json');
    expect(run).toMatchObject({ code: 2, stderr: '' });
    const { findings } = JSON.parse(run.stdout) as { findings: { code: string }[] };
    expect(findings.filter(({ code }) => code === 'unusable_tls')).toMatchObject([
      { file: 'ambit.yaml', line, column: 9, message: expect.stringContaining(message) as string },
    ]);
    const text = await check(files());
    for (const piece of issued.key.toString().split('\n').slice(1, -2)) {
      expect(run.stdout + text.stdout).not.toContain(piece);
    }
  });

  it('is a result in SARIF', async () => {
    const { code, stdout } = await check({ key: '/no/tls.key' }, '--format', 'sarif');
    expect(code).toBe(2);
    const log = JSON.parse(stdout) as { runs: { results: { ruleId: string }[] }[] };
    const results = log.runs[0]?.results.filter(({ ruleId }) => ruleId === 'unusable_tls');
    expect(results).toMatchObject([
      { level: 'error', locations: [{ physicalLocation: { region: { startLine: 8 } } }] },
    ]);
  });
});
