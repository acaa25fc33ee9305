import type { RunServer } from '../../src/ports/server-runner';
import type { ServiceConfig } from '../../src/ports/service-config';
import { cli } from './support/cli';
import type { CliRun } from './support/cli';
import { FILES } from './support/files';

const POLICIES = ['-p', 'policy.yaml', '--catalog', 'catalog.yaml'];

function serve(spec: string, flags: readonly string[], runServer?: RunServer): Promise<CliRun> {
  const config = `apiVersion: ambit/v1\nkind: Service\nspec:\n${spec}`;
  const files = { 'ambit.yaml': config, ...FILES };
  const world = runServer === undefined ? { files } : { files, runServer };
  return cli(['serve', '-c', 'ambit.yaml', ...POLICIES, ...flags], world);
}

describe('serve with HTTP', () => {
  it('hands it over, in plaintext for all where that is said', async () => {
    const started: ServiceConfig[] = [];
    const runServer: RunServer = (config) => {
      started.push(config);
      return Promise.resolve({ failure: { kind: 'address', message: 'enough' } });
    };
    await serve('  http: { address: 127.0.0.1:9600 }\n', [], runServer);
    await serve('  http: [{ address: 127.0.0.1:9600 }]\n', ['--insecure'], runServer);
    expect(started.map(({ httpListeners }) => httpListeners)).toEqual([
      [{ address: '127.0.0.1:9600', insecure: false }],
      [{ address: '127.0.0.1:9600', insecure: true }],
    ]);
  });

  it('sees that a caller is missing there', async () => {
    const run = await serve(
      '  http: { address: 127.0.0.1:9600 }\n  callers: [{ name: a, tenants: any }]\n',
      ['--check'],
    );
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('error[caller_unknown_at_listener]');
    expect(run.stdout).toContain('ambit.yaml:4:20');
  });

  it('sees that diagnostics have its address', async () => {
    const run = await serve('  http: { address: 127.0.0.1:9596 }\n', ['--check']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(
      '`127.0.0.1:9596` is the address of a listener and of diagnostics',
    );
  });

  it('sees TLS files that cannot be read, at the key that names them', async () => {
    const tls = 'tls: { certificate_file: /no/tls.crt, private_key_file: /no/tls.key }';
    const run = await serve(`  http:\n    address: 127.0.0.1:9600\n    ${tls}\n`, ['--check']);
    expect(run.code).toBe(2);
    expect(run.stdout).toContain(
      'error[unusable_tls]: cannot listen on `127.0.0.1:9600`: `/no/tls.crt` cannot be read',
    );
    expect(run.stdout).toContain('ambit.yaml:6:12');
  });
});
