import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';

import { createClock } from '../../../src/platform/clock';
import { openTracing } from '../../../src/platform/tracing/create-tracing';
import { createAuthority, type Authority } from '../../contract/support/authority';

let right: Authority;
let other: Authority;
let server: Server;
/** The bodies that the receiver took. */
const taken: string[] = [];

beforeAll(async () => {
  [right, other] = [createAuthority('right'), createAuthority('other')];
  const { cert, key } = right.issue({ names: ['IP:127.0.0.1'] });
  server = createServer({ cert, key }, (request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      taken.push(body);
      response.setHeader('content-type', 'application/json');
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  right.remove();
  other.remove();
});

beforeEach(() => {
  taken.length = 0;
});

/** Sends one span to the receiver, trusting this authority; what was counted, and what went wrong. */
async function send(caFile: string | undefined) {
  const problems: (string | undefined)[] = [];
  const config = {
    endpoint: `https://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1/traces`,
    ...{ headers: {}, ratio: 1, timeoutMs: 5000 },
    ...(caFile === undefined ? {} : { caFile }),
  };
  const parts = {
    clock: createClock(),
    version: '1',
    onProblem: (each?: string) => problems.push(each),
  };
  const opened = await openTracing(config, {}, parts);
  if ('problem' in opened) throw new Error(opened.problem);
  opened.tracing.begin('ambit.v1.DecisionService/Decide', undefined).end();
  await opened.tracing.stop(5000);
  return { counts: opened.tracing.counts(), problems };
}

describe('a receiver of traces over TLS', () => {
  it('is sent spans where its certificate is of the authority', async () => {
    expect(await send(right.certificateFile)).toEqual({
      counts: { sent: 1, lost: 0 },
      problems: [],
    });
    expect(taken).toEqual([expect.stringContaining('ambit.v1.DecisionService/Decide')]);
  });

  it.each<[string, () => string | undefined]>([
    ['of another authority', () => other.certificateFile],
    ['of none that the system knows', () => undefined],
  ])('is sent nothing where its certificate is %s, and that is told', async (_, caFile) => {
    const { counts, problems } = await send(caFile());
    expect(counts).toEqual({ sent: 0, lost: 1 });
    expect(problems).toEqual([expect.any(String)]);
    expect(taken).toEqual([]);
  });
});
