import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'yaml';

import { containersOf } from '../../deploy/support/pod-spec';
import { startChild, type Child } from '../support/child';
import { renderConfig } from '../support/envoy-config';
import { findBinary } from '../support/envoy';
import { send } from '../support/http-client';
import { findFreePort } from '../support/ports';
import { configMap, renderExample } from './support/manifests';
import { ROOT } from './support/tools';

const EXAMPLE = renderExample('envoy');
const SHIPPED = readFileSync(join(ROOT, 'deploy/envoy/recommended.yaml'), 'utf8');
const ENVOY = containersOf(EXAMPLE.pod).find(({ name }) => name === 'envoy');
const READY_PORT = 9902;

describe('the configuration of Envoy in the Pod', () => {
  it('is the one that the tests of Envoy run', () => {
    expect(configMap(EXAMPLE, 'ambit-envoy').data).toEqual({ 'envoy.yaml': SHIPPED });
  });

  it('finds the socket, the keys and itself where the Pod has them', () => {
    const paths = Object.fromEntries(
      (ENVOY?.volumeMounts ?? []).map(({ name, mountPath }) => [name, mountPath]),
    );
    expect(SHIPPED).toContain(`pipe: { path: ${paths['ambit-run'] ?? '?'}/ambit.sock }`);
    expect(SHIPPED).toContain(`path: ${paths['provider-keys'] ?? '?'}/openai-zdr.yaml`);
    expect(ENVOY?.args).toContain(paths['envoy-config']);
  });

  it('asks for a tenant that Ambit lets it ask for', () => {
    const { spec } = parse(configMap(EXAMPLE, 'ambit-config').data?.['ambit.yaml'] ?? '') as {
      spec: { callers: readonly { tenants: readonly string[] }[] };
    };
    const [, tenant] = /context_extensions: \{ tenant: (\w+)[,} ]/.exec(SHIPPED) ?? [];
    expect(spec.callers.map(({ tenants }) => tenants)).toEqual([[tenant]]);
  });
});

describe('Envoy with the arguments of the Pod', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ambit-companion-'));
  let envoy: Child;
  let port: number;

  beforeAll(async () => {
    port = await findFreePort();
    const config = join(directory, 'envoy.yaml');
    const origins = Object.fromEntries(
      ['openai-zdr', 'groq-us', 'azure-eu'].map((target) => [target, { port: 1, key: 'k' }]),
    );
    const settings = {
      listenPort: await findFreePort(),
      adminPort: await findFreePort(),
      requestLog: join(directory, 'requests.log'),
      attemptLog: join(directory, 'attempts.log'),
      directory,
      socketFile: join(directory, 'ambit.sock'),
      caFile: '/etc/ssl/certs/ca-certificates.crt',
      origins,
    };
    writeFileSync(config, renderConfig(SHIPPED, settings));
    const args = (ENVOY?.args ?? []).map((arg) =>
      arg
        .replace('/etc/envoy/envoy.yaml', config)
        .replace('"0.0.0.0"', '"127.0.0.1"')
        .replace(String(READY_PORT), String(port)),
    );
    const logFile = join(directory, 'envoy.log');
    envoy = startChild({ name: 'envoy', command: [findBinary(), ...args], logFile });
    await envoy.ready(async () => {
      const { status } = await send({ port, method: 'GET', path: '/ready' });
      return status === 200;
    });
  });

  afterAll(async () => {
    await envoy.stop('SIGTERM');
    rmSync(directory, { recursive: true });
  });

  it('is probed at the port that the listener is on', () => {
    expect(ENVOY?.ports).toContainEqual({ name: 'envoy-ready', containerPort: READY_PORT });
    expect(ENVOY?.startupProbe?.httpGet).toEqual({ path: '/ready', port: 'envoy-ready' });
    expect(ENVOY?.args?.join(' ')).toContain(`"port_value": ${String(READY_PORT)}`);
  });

  it.each(['/', '/stats', '/config_dump', '/ready/', '/v1/chat/completions'])(
    'shows nothing at %s of that port',
    async (path) => {
      expect((await send({ port, method: 'GET', path })).status).toBe(404);
    },
  );
});
