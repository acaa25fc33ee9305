import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { sinkFor } from '../../../src/audit/sinks/sink-for';
import type { RecordSink } from '../../../src/ports/record-sink';
import { recordOf } from '../../service/sinks/simulation';

const SWITCHED =
  'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n';
const JSON_TYPE = { 'content-type': 'application/json' };
const NO_ANSWER = 'it answered with what is no answer of OTLP in JSON';
const NEVER = new AbortController().signal;

let server: Server;
let sink: RecordSink;
let answer: RequestListener;
let bodies: string[];

beforeEach(async () => {
  bodies = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString());
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${String(port)}/v1/logs`;
  sink = sinkFor({ kind: 'otlp', name: 'otlp', url, headers: { authorization: 'Basic s3cret' } });
});

afterEach(async () => {
  await sink.close();
  await new Promise((resolve) => server.close(resolve));
});

describe('an OTLP receiver', () => {
  it.each([
    [429, '', 'it answered with status 429'],
    [500, '{}', 'it answered with status 500'],
    [503, '', 'it answered with status 503'],
    [400, '{}', 'it answered with status 400'],
    [302, '', 'it answered with status 302'],
    [202, '{}', 'it answered with status 202'],
    [
      200,
      '{"partialSuccess":{"rejectedLogRecords":"2","errorMessage":"too old, Basic s3cret"}}',
      'it rejected 2 of the records: too old, ***',
    ],
    [
      200,
      '{"partialSuccess":{"rejectedLogRecords":1}}',
      'it rejected 1 of the records: it does not say why',
    ],
    [
      200,
      '{"partial_success":{"rejected_log_records":2,"error_message":"too old"}}',
      'it rejected 2 of the records: too old',
    ],
    [
      200,
      '{"partialSuccess":{"rejectedLogRecords":0,"rejected_log_records":"1"}}',
      'it rejected 1 of the records: it does not say why',
    ],
    [200, '', NO_ANSWER],
    [200, '<html>', NO_ANSWER],
    [200, '[]', NO_ANSWER],
    [200, 'true', NO_ANSWER],
    [200, '{"status":"ok"}', NO_ANSWER],
    [200, '{"partialSuccess":[]}', NO_ANSWER],
    [200, '{"partialSuccess":"2"}', NO_ANSWER],
    [200, '{"partialSuccess":{"rejectedLogRecords":true}}', NO_ANSWER],
    [200, '{"partialSuccess":{"rejectedLogRecords":"-1"}}', NO_ANSWER],
    [200, 'x'.repeat(70_000), 'its answer is too long'],
  ])('that answers %d `%s` did not take the batch', async (status, text, message) => {
    answer = (_request, response) => response.writeHead(status, JSON_TYPE).end(text);
    await expect(sink.deliver([recordOf(1), recordOf(2)], NEVER)).rejects.toThrow(
      new Error(message),
    );
    answer = (_request, response) => response.writeHead(200, JSON_TYPE).end('{}');
    await sink.deliver([recordOf(1), recordOf(2)], NEVER);
    expect(bodies).toHaveLength(2);
    expect(bodies[1]).toBe(bodies[0]);
  });

  it.each(['{}', ' {} ', '{"partialSuccess":{}}', '{"partialSuccess":null}'])(
    'that answers 200 `%s` took it',
    async (text) => {
      answer = (_request, response) => response.writeHead(200, JSON_TYPE).end(text);
      await sink.deliver([recordOf(1)], NEVER);
      expect(bodies).toHaveLength(1);
    },
  );

  it.each(['', 'text/html', 'text/plain', 'application/x-protobuf', 'application/jsonp'])(
    'that answers 200 with the content type `%s` did not take the batch',
    async (type) => {
      answer = (_request, response) =>
        response.writeHead(200, type === '' ? {} : { 'content-type': type }).end('{}');
      const given = sink.deliver([recordOf(1)], NEVER);
      await expect(given).rejects.toThrow(/^it answered without the content type of JSON/u);
    },
  );

  it('that says more of its content type took it', async () => {
    const type = { 'content-type': 'Application/JSON; charset=utf-8' };
    answer = (_request, response) => response.writeHead(200, type).end('{}');
    await sink.deliver([recordOf(1)], NEVER);
    expect(bodies).toHaveLength(1);
  });

  it('that switches protocols did not take the batch, and is asked again', async () => {
    answer = (_request, { socket }) => socket?.end(SWITCHED);
    const given = sink.deliver([recordOf(1)], NEVER);
    await expect(given).rejects.toThrow('it closed the connection without an answer');
    answer = (_request, response) => response.writeHead(200, JSON_TYPE).end('{}');
    await sink.deliver([recordOf(1)], NEVER);
    expect(bodies).toHaveLength(2);
  });

  it('that takes it with a warning took it', async () => {
    const partialSuccess = { rejectedLogRecords: '0', errorMessage: 'use the other port' };
    answer = (_request, response) =>
      response.writeHead(200, JSON_TYPE).end(JSON.stringify({ partialSuccess }));
    await sink.deliver([recordOf(1)], NEVER);
    expect(bodies).toHaveLength(1);
  });
});
