import { credentials, Metadata } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';

import { CheckRequest } from '../../src/gen/envoy/service/auth/v3/external_auth';
import { AuthorizationClient } from '../../src/gen/envoy/service/auth/v3/external_auth';
import type { TracingConfig } from '../../src/ports/service-config';
import { openClient } from './support/client';
import type { Message } from './support/client';
import { askHttp } from './support/http';
import { startService } from './support/service';
import type { TestService } from './support/service';
import { startSpanReceiver } from './support/span-receiver';
import type { ReceivedSpan, SpanReceiver } from './support/span-receiver';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const TRACEPARENT = `00-${TRACE}-${SPAN}-01`;

/** Stands in everything that a client may write, and must stand in no span. */
const MARK = 'canary-of-a-client';

const ASK = {
  request_id: MARK,
  candidates: ['acme/large', 'boreal/large', 'cirrus/large'].map((target) => ({ target })),
  context: { tenant: 'red', model: 'large', api: 'API_CHAT_COMPLETIONS', user: MARK },
};

const SWITCHED =
  'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n';

const open = { address: '127.0.0.1:0', insecure: false };

const configOf = (endpoint: string, more: Partial<TracingConfig> = {}): TracingConfig => ({
  ...{ endpoint, headers: {}, ratio: 1, timeoutMs: 5000 },
  ...more,
});

function start(endpoint: string, more: Partial<TracingConfig> = {}): Promise<TestService> {
  const tracing = configOf(endpoint, more);
  return startService(undefined, { listeners: [open], httpListeners: [open], tracing });
}

function metadataOf(values: Readonly<Record<string, string>>): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(values)) metadata.set(name, value);
  return metadata;
}

type Unary = (
  request: Message,
  metadata: Metadata,
  callback: (error: ServiceError | null, answer?: Message) => void,
) => void;

/** Asks for a decision with metadata; gives the answer, or the code of the refusal. */
function decide(
  service: TestService,
  request: Message,
  metadata: Readonly<Record<string, string>> = {},
): Promise<Message | number> {
  const client = openClient('ambit.v1.DecisionService', service.addresses[0] ?? '');
  const { Decide } = client as unknown as { readonly Decide: Unary };
  return new Promise((resolve) => {
    Decide.call(client, request, metadataOf(metadata), (error, answer = {}) => {
      client.close();
      resolve(error === null ? answer : error.code);
    });
  });
}

const attributesOf = ({ attributes = [] }: ReceivedSpan): Readonly<Record<string, unknown>> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value]));

describe('a service that sends traces', () => {
  let receiver: SpanReceiver;
  let service: TestService;

  beforeEach(async () => {
    receiver = await startSpanReceiver();
    service = await start(receiver.endpoint);
  });

  afterEach(async () => {
    await service.stop();
    await receiver.close();
  });

  /** The spans of calls, once the service has stopped and so sent what waits. */
  async function sent(): Promise<readonly ReceivedSpan[]> {
    await service.stop();
    return receiver.spans();
  }

  it('has a span for a decision in the trace of whoever asks, with its judging within', async () => {
    await decide(service, ASK, { traceparent: TRACEPARENT, tracestate: `v=${MARK},ot=th:8` });
    const [call, judging, ...rest] = await sent();
    expect(rest).toEqual([]);
    expect(call).toMatchObject({
      ...{ traceId: TRACE, parentSpanId: SPAN, traceState: 'ot=th:8', kind: 2, status: {} },
      name: 'ambit.v1.DecisionService/Decide',
    });
    expect(judging).toMatchObject({
      ...{ traceId: TRACE, parentSpanId: call?.spanId, name: 'decide', kind: 1 },
    });
    const times = [call, judging, judging, call].map((span, at) =>
      BigInt((at < 2 ? span?.startTimeUnixNano : span?.endTimeUnixNano) ?? 0),
    );
    expect(times).toEqual(times.toSorted((left, right) => (left < right ? -1 : 1)));
    expect(call === undefined ? {} : attributesOf(call)).toEqual({
      'ambit.method': { stringValue: 'decide' },
      'ambit.caller': { stringValue: '' },
      'ambit.decision.id': { stringValue: expect.stringMatching(/^[\da-f-]{36}$/u) as string },
      'ambit.outcome': { stringValue: 'allow' },
      'ambit.candidates.eligible': { intValue: '1' },
      'ambit.candidates.blocked': { intValue: '2' },
      'ambit.candidates.codes': { arrayValue: { values: expect.any(Array) as unknown } },
      'ambit.bundle.digest': { stringValue: expect.stringMatching(/^sha256:/u) as string },
    });
  });

  it('names the trace in the log', async () => {
    await decide(service, ASK, { traceparent: TRACEPARENT });
    await decide(service, ASK, { traceparent: `00-${TRACE}-${SPAN}-00` });
    const logged = service.log.filter(({ msg }) => msg === 'decision');
    expect(logged.map((line) => line['trace_id'])).toEqual([TRACE, TRACE]);
    const spans = await sent();
    expect(spans.filter(({ kind }) => kind === 2)).toHaveLength(1);
  });

  it('begins a trace where none is brought, and where it is malformed', async () => {
    await decide(service, ASK);
    await decide(service, ASK, { traceparent: TRACEPARENT.toUpperCase() });
    const calls = (await sent()).filter(({ kind }) => kind === 2);
    expect(calls.map(({ parentSpanId }) => parentSpanId)).toEqual([undefined, undefined]);
    expect(new Set([TRACE, ...calls.map(({ traceId }) => traceId)]).size).toBe(3);
  });

  it('says why a call is refused, which is no failure of the service', async () => {
    await decide(service, { ...ASK, context: { tenant: MARK.repeat(300) } });
    const [call] = await sent();
    expect(call?.status).toEqual({});
    expect(call === undefined ? {} : attributesOf(call)).toEqual({
      'ambit.caller': { stringValue: '' },
      'ambit.refusal': { stringValue: 'invalid' },
      'rpc.response.status_code': { stringValue: 'INVALID_ARGUMENT' },
    });
  });

  it('takes the trace of a Check from its metadata, else from the request that it is about', async () => {
    const client = new AuthorizationClient(
      service.addresses[0] ?? '',
      credentials.createInsecure(),
    );
    const other = TRACEPARENT.replace(TRACE, `${TRACE.slice(0, -1)}d`);
    const headers = new Map([
      ['traceparent', other],
      ['authorization', MARK],
      [':path', `/${MARK}`],
    ]);
    const http = { method: 'POST', path: `/v1/chat/completions?${MARK}`, headers, body: MARK };
    const check = CheckRequest.fromPartial({ attributes: { request: { http } } });
    for (const values of [{ traceparent: TRACEPARENT }, {}, { 'x-secret': MARK }]) {
      await new Promise((resolve) => client.check(check, metadataOf(values), resolve));
    }
    client.close();
    const calls = (await sent()).filter(({ kind }) => kind === 2);
    expect(calls.map(({ traceId }) => traceId.slice(-1))).toEqual(['c', 'd', 'd']);
    expect(calls[0]?.name).toBe('envoy.service.auth.v3.Authorization/Check');
    expect(receiver.bodies.join()).not.toContain(MARK);
  });

  it('has a span for a request over HTTP, named by its route', async () => {
    const address = service.addresses[1] ?? '';
    const headers = { traceparent: TRACEPARENT, authorization: MARK };
    await askHttp(address, '/v1/models', { headers });
    await askHttp(address, `/${MARK}`, { headers });
    const calls = (await sent()).filter(({ kind }) => kind === 2);
    expect(calls.map(({ name, traceId }) => [name, traceId])).toEqual([
      ['/v1/models', TRACE],
      ['HTTP', TRACE],
    ]);
    expect(receiver.bodies.join()).not.toContain(MARK);
  });

  it('says in no span what a client wrote', async () => {
    await decide(
      service,
      { ...ASK, context: { ...ASK.context, model: MARK } },
      {
        ...{ traceparent: TRACEPARENT, tracestate: `v=${MARK},ot=${MARK}`, baggage: `a=${MARK}` },
        authorization: `Bearer ${MARK}`,
      },
    );
    expect((await sent()).length).toBeGreaterThan(0);
    expect(receiver.bodies.join()).not.toContain(MARK);
  });
});

describe('a receiver that does not take spans', () => {
  it.each<[string, Parameters<typeof startSpanReceiver>[0] | 'dead', string]>([
    ['is dead', 'dead', 'connect ECONNREFUSED'],
    ['never answers', () => undefined, 'it did not answer in time'],
    [
      'switches protocols',
      (response) => response.socket?.end(SWITCHED),
      'it closed the connection without an answer',
    ],
    ['refuses', (response) => response.writeHead(503).end(), 'it answered with status 503'],
    [
      'takes a part',
      (response) => response.end('{"partialSuccess":{"rejectedSpans":"1"}}'),
      'it rejected 1 spans',
    ],
  ])('and %s fails no decision, and is told', async (_what, behaviour, problem) => {
    const receiver = await startSpanReceiver(behaviour === 'dead' ? undefined : behaviour);
    if (behaviour === 'dead') await receiver.close();
    const service = await start(receiver.endpoint, { timeoutMs: 200 });
    for (let count = 0; count < 5; count += 1) {
      expect(await decide(service, ASK)).toMatchObject({ outcome: 'OUTCOME_ALLOW' });
    }
    await service.stop();
    const { sent, lost } = service.diagnostics.state().spans;
    expect(sent + lost).toBe(10);
    expect(lost).toBe(behaviour !== 'dead' && problem.includes('rejected') ? 1 : 10);
    const told = service.log.filter(({ level }) => level === 'warn').map((line) => line['problem']);
    expect(told).toEqual([expect.stringContaining(problem)]);
    if (behaviour !== 'dead') await receiver.close();
  });
});

describe('a receiver that says of no number how many spans it did not take', () => {
  it.each(['"many"', '-5', '"-5"', '1.5', '1e400', '[]', '{}', 'true'])(
    'as %s took none, and what is counted stays a number',
    async (count) => {
      const receiver = await startSpanReceiver((response) =>
        response.end(`{"partialSuccess":{"rejectedSpans":${count}}}`),
      );
      const service = await start(receiver.endpoint);
      await decide(service, ASK);
      await service.stop();
      expect(service.diagnostics.state().spans).toEqual({ sent: 0, lost: 2 });
      await receiver.close();
    },
  );
});

describe('a part of the traces', () => {
  it.each([
    [0, 0],
    [1, 20],
  ])('of %d keeps %d of 20 that begin here, and whatever was kept before', async (ratio, kept) => {
    const receiver = await startSpanReceiver();
    const service = await start(receiver.endpoint, { ratio });
    for (let count = 0; count < 20; count += 1) await decide(service, ASK);
    await decide(service, ASK, { traceparent: TRACEPARENT });
    await service.stop();
    const calls = receiver.spans().filter(({ kind }) => kind === 2);
    expect(calls).toHaveLength(kept + 1);
    await receiver.close();
  });
});

describe('a service that cannot send traces as it is told to', () => {
  it('does not start, and says of a secret only where it should be', async () => {
    const headers = { authorization: { env: 'NO_SUCH_VARIABLE' } };
    await expect(start('http://127.0.0.1:1/v1/traces', { headers })).rejects.toThrow(
      'NO_SUCH_VARIABLE',
    );
  });
});
