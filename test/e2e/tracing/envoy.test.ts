import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { answerAsApi } from '../support/api-answers';
import { HEADERS, MARK, PLAIN } from '../support/canary';
import { all, waitForAmbit } from '../support/edits';
import { find, MANAGER, type ConfigEdit } from '../support/envoy-config';
import { CLIENT_KEY, keyOf, startRig, TARGETS, type Rig } from '../support/rig';
import { until } from '../support/wait';
import { startProtoReceiver, type ProtoReceiver } from './span-receiver';

/** Envoy keeps every trace, and sends its spans to the receiver that Ambit sends its own to. */
const traceTo =
  (port: number): ConfigEdit =>
  (config) => {
    const address = { socket_address: { address: '127.0.0.1', port_value: port } };
    const endpoint = { lb_endpoints: [{ endpoint: { address } }] };
    config.addIn(
      ['static_resources', 'clusters'],
      config.createNode({
        name: 'collector',
        type: 'STATIC',
        load_assignment: { cluster_name: 'collector', endpoints: [endpoint] },
      }),
    );
    const uri = `http://127.0.0.1:${String(port)}/v1/traces`;
    const http_uri = { uri, cluster: 'collector', timeout: '5s' };
    const typed_config = {
      '@type': 'type.googleapis.com/envoy.config.trace.v3.OpenTelemetryConfig',
      service_name: 'envoy',
      http_service: { http_uri },
    };
    const provider = { name: 'envoy.tracers.opentelemetry', typed_config };
    find(config, ['static_resources', 'listeners'], 'ingress').setIn(
      [...MANAGER, 'tracing'],
      config.createNode({ random_sampling: { value: 100 }, provider }),
    );
  };

let directory: string;
let receiver: ProtoReceiver;
let rig: Rig;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-traces-'));
  receiver = await startProtoReceiver(directory);
  rig = await startRig({ edit: all(waitForAmbit, traceTo(receiver.port)) });
  const endpoint = `http://127.0.0.1:${String(receiver.port)}/v1/traces`;
  await rig.useAmbit(join(__dirname, '../envoy/allow-list.yaml'), {
    settings: { AMBIT_TRACING_ENDPOINT: endpoint },
  });
  for (const target of TARGETS) rig.providers[target].answer(answerAsApi('fine'));
});

afterAll(async () => {
  await rig.close();
  await receiver.stop();
  rmSync(directory, { recursive: true, force: true });
});

const checks = () =>
  receiver.spans().filter(({ name }) => name === 'envoy.service.auth.v3.Authorization/Check');

it('a Check is within the trace of the request that Envoy asks about', async () => {
  expect((await rig.chat()).status).toBe(200);
  const check = await until('the span of the Check', () => checks()[0]);
  const parent = await until('the span of Envoy around it', () =>
    receiver.spans().find(({ span }) => span === check.parent),
  );
  expect(check).toMatchObject({ service: 'ambit', kind: 2 });
  expect(parent).toMatchObject({ service: 'envoy', trace: check.trace });
  const within = receiver.spans().filter((each) => each.parent === check.span);
  expect(within).toMatchObject([{ service: 'ambit', name: 'decide', trace: check.trace }]);
});

it('no span of Ambit holds anything of a request or its keys', async () => {
  const requests = Object.values({ ...PLAIN, ...HEADERS });
  const before = checks().length;
  for (const request of requests) await rig.chat(request);
  await until('the spans of all Checks', () =>
    checks().length >= before + requests.length ? true : undefined,
  );
  const told = receiver.spans().filter(({ service }) => service === 'ambit');
  const text = told.map(({ whole }) => whole).join();
  expect(text).toContain('ambit.outcome');
  for (const secret of [MARK, CLIENT_KEY, ...TARGETS.map(keyOf)])
    expect(text).not.toContain(secret);
});
