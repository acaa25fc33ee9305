import type { Client, ClientDuplexStream } from '@grpc/grpc-js';

import { openClient } from './support/client';
import type { Message } from './support/client';
import { startService } from './support/service';
import type { TestService } from './support/service';

let service: TestService;
let client: Client;

beforeAll(async () => {
  service = await startService();
  client = openClient('ambit.v1.DecisionService', service.addresses[0] ?? '');
});

afterAll(async () => {
  client.close();
  await service.stop();
});

function openStream(): ClientDuplexStream<Message, Message> {
  const methods = client as unknown as {
    DecideStream: () => ClientDuplexStream<Message, Message>;
  };
  return methods.DecideStream();
}

/** Sends requests one after another without waiting, and collects the answers until the stream ends. */
function exchange(requests: readonly Message[]): Promise<readonly Message[]> {
  return new Promise((resolve, reject) => {
    const stream = openStream();
    const answers: Message[] = [];
    stream.on('data', (answer: Message) => answers.push(answer));
    stream.on('end', () => {
      resolve(answers);
    });
    stream.on('error', reject);
    for (const request of requests) stream.write(request);
    stream.end();
  });
}

const ask = (requestId: string, target = 'acme/large'): Message => ({
  request: { request_id: requestId, context: { tenant: 'red' }, candidates: [{ target }] },
});

describe('DecideStream', () => {
  it('answers each request under its id, in any number', async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `r${String(index)}`);
    const answers = await exchange(ids.map((id) => ask(id)));
    expect(answers.map((answer) => answer['request_id'])).toEqual(ids);
    for (const answer of answers) {
      expect(answer).toMatchObject({
        result: 'decision',
        decision: {
          outcome: 'OUTCOME_ALLOW',
          eligible: ['acme/large'],
          request_id: answer['request_id'],
        },
      });
    }
  });

  it('answers blocks as decisions', async () => {
    const [answer] = await exchange([ask('b', 'cirrus/large')]);
    expect(answer).toMatchObject({ decision: { outcome: 'OUTCOME_BLOCK' } });
  });

  it('answers what is wrong with one request, and goes on', async () => {
    const answers = await exchange([
      {},
      { request: { context: { tenant: 'red' } } },
      { request: { request_id: 'twice', candidates: [{ target: 'a' }, { target: 'a' }] } },
      ask('good'),
    ]);
    expect(answers).toMatchObject([
      { error: { code: 3, message: '`request` is missing' } },
      { error: { code: 3 } },
      {
        request_id: 'twice',
        error: { code: 3, message: expect.stringContaining('candidates[1].ref') as string },
      },
      { request_id: 'good', decision: { outcome: 'OUTCOME_ALLOW' } },
    ]);
  });

  it('refuses an id that is in flight, and takes it again once it is answered', async () => {
    const answers = await exchange([ask('same'), ask('same')]);
    const kinds = answers.map(({ result }) => result);
    expect(kinds).toContain('decision');
    // The second may come after the first is on its way; a third that waits for the answer always may.
    const again = await exchange([ask('same')]);
    expect(again).toMatchObject([{ request_id: 'same', result: 'decision' }]);
  });

  it('does not read from a client that does not read, and loses nothing', async () => {
    const stream = openStream();
    const count = 2000;
    for (let index = 0; index < count; index += 1) stream.write(ask(`r${String(index)}`));
    stream.end();
    stream.pause();
    await new Promise((resolve) => setImmediate(resolve));
    let answered = 0;
    await new Promise<void>((resolve, reject) => {
      stream.on('data', () => {
        answered += 1;
      });
      stream.on('end', resolve);
      stream.on('error', reject);
      stream.resume();
    });
    expect(answered).toBe(count);
  });
});
