import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

import { sinkFor } from '../../../src/audit/sinks/sink-for';
import type { RecordSink } from '../../../src/ports/record-sink';
import { recordOf } from '../../service/sinks/simulation';

const INFO = { server_id: 'a', version: '2.11.0', proto: 1, headers: true, max_payload: 1 << 20 };
const NEVER = new AbortController().signal;

let server: Server;
let sink: RecordSink;
let answer: string;
let published: number;
const sockets = new Set<Socket>();

/** As much of a server of NATS as a client needs that publishes: it answers each message with one text. */
function serve(socket: Socket): void {
  sockets.add(socket);
  let rest = '';
  let reader = '1';
  socket.on('error', () => undefined);
  socket.write(`INFO ${JSON.stringify(INFO)}\r\n`);
  socket.on('data', (chunk: Buffer) => {
    const lines = `${rest}${chunk.toString('latin1')}`.split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [word = '', first = '', second = '', third = ''] = line.split(' ');
      if (word === 'PING') socket.write('PONG\r\n');
      if (word === 'SUB') reader = third === '' ? second : third;
      if (word !== 'HPUB') continue;
      published += 1;
      expect(first).toBe('audit');
      socket.write(`MSG ${second} ${reader} ${String(answer.length)}\r\n${answer}\r\n`);
    }
  });
}

beforeEach(async () => {
  published = 0;
  server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  sink = sinkFor({
    ...{ kind: 'nats', name: 'nats', servers: [`127.0.0.1:${String(port)}`] },
    ...{ subject: 'audit', stream: 'AUDIT', createStream: false },
  });
});

afterEach(async () => {
  await sink.close();
  sockets.forEach((socket) => socket.destroy());
  await new Promise((resolve) => server.close(resolve));
});

describe('an answer on the subject of NATS', () => {
  it.each([
    '{}',
    '{"seq":1}',
    '{"stream":"OTHER","seq":1}',
    '{"stream":"audit","seq":1}',
    '{"stream":["AUDIT"],"seq":1}',
    '{"stream":"AUDIT"}',
    '{"stream":"AUDIT","seq":0}',
    '{"stream":"AUDIT","seq":"1"}',
    '{"stream":"AUDIT","seq":1.5}',
  ])('that is `%s` says of no record that it is kept', async (text) => {
    answer = text;
    const given = sink.deliver([recordOf(1)], NEVER);
    await expect(given).rejects.toThrow(/^something else than the stream `AUDIT` answered/u);
    answer = '{"stream":"AUDIT","seq":1}';
    await sink.deliver([recordOf(1)], NEVER);
    expect(published).toBe(2);
  });

  it('of the stream says that it is kept, and that it was before', async () => {
    answer = '{"stream":"AUDIT","seq":7,"duplicate":true}';
    await sink.deliver([recordOf(1), recordOf(2)], NEVER);
    expect(published).toBe(2);
  });
});
