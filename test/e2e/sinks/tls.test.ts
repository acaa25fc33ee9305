import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { connect, createServer as createRelay, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sinkFor } from '../../../src/audit/sinks/sink-for';
import type { NatsSinkConfig } from '../../../src/audit/sinks/sink-config';
import { createAuthority } from '../support/certificates';
import { startNats } from './nats';
import { startPostgres } from './postgres';
import { recordsOf } from './records';
import { SECRET } from './rig';

const NEVER = new AbortController().signal;

const folders: string[] = [];
const ends: (() => unknown)[] = [];

function makeFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'ambit-sink-tls-'));
  folders.push(made);
  return made;
}

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  for (const each of folders.splice(0)) rmSync(each, { recursive: true });
});

/** Passes a connection on, and keeps what the client sent. */
async function startWiretap(to: number): Promise<{ port: number; heard: () => string }> {
  const chunks: Buffer[] = [];
  const open = new Set<Socket>();
  const server = createRelay((client) => {
    const upstream = connect(to, '127.0.0.1');
    for (const socket of [client, upstream]) open.add(socket.on('error', () => undefined));
    client.on('data', (chunk: Buffer) => chunks.push(chunk));
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, heard: () => Buffer.concat(chunks).toString('latin1') };
}

/** What the certificate of a server is for, whom its client trusts, and what comes of it. */
const CASES = [
  { name: 'localhost', trusts: 'its authority', refusal: undefined },
  { name: 'localhost', trusts: 'another authority', refusal: /certificate|signature/u },
  { name: 'another.example', trusts: 'its authority', refusal: /altnames/u },
] as const;

function certify({ name, trusts }: (typeof CASES)[number]) {
  const authority = createAuthority(makeFolder());
  const trusted = trusts === 'its authority' ? authority : createAuthority(makeFolder());
  const ca = readFileSync(trusted.caFile, 'utf8');
  return { certificate: authority.issue(name), tls: { ca } };
}

describe('a sink over TLS, to a server with a certificate', () => {
  it.each(CASES)('postgres, for $name, trusting $trusts', async (each) => {
    const { certificate, tls } = certify(each);
    const rig = await startPostgres(makeFolder(), certificate);
    ends.push(rig.stop);
    const { port, heard } = await startWiretap(rig.config.port);
    const sink = sinkFor({ ...rig.config, host: 'localhost', port, tls });
    ends.push(() => sink.close());
    const delivery = sink.deliver(recordsOf(1, 3), NEVER);
    if (each.refusal === undefined) {
      await delivery;
      expect(await rig.received()).toHaveLength(3);
    } else {
      await expect(delivery).rejects.toThrow(each.refusal);
    }
    expectNothingInClear(heard());
  });

  it.each(CASES)('nats, for $name, trusting $trusts', async (each) => {
    const { certificate, tls } = certify(each);
    const rig = await startNats(makeFolder(), certificate);
    ends.push(rig.stop);
    const { port, heard } = await startWiretap(portOf(rig.config));
    const sink = sinkFor({ ...rig.config, servers: [`localhost:${String(port)}`], tls });
    ends.push(() => sink.close());
    const delivery = sink.deliver(recordsOf(1, 3), NEVER);
    if (each.refusal === undefined) {
      await delivery;
      expect(await rig.received()).toHaveLength(3);
    } else {
      await expect(delivery).rejects.toThrow(each.refusal);
    }
    expectNothingInClear(heard());
  });

  it.each(CASES)('otlp, for $name, trusting $trusts', async (each) => {
    const { certificate, tls } = certify(each);
    const bodies: string[] = [];
    const server = createServer(certificate, (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => (body += part));
      request.once('end', () => {
        bodies.push(body);
        response.setHeader('content-type', 'application/json').end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(() => server.close());
    const { port, heard } = await startWiretap((server.address() as AddressInfo).port);
    const url = `https://localhost:${String(port)}/v1/logs`;
    const headers = { authorization: SECRET };
    const sink = sinkFor({ kind: 'otlp', name: 'otlp', url, headers, tls });
    ends.push(() => sink.close());
    const delivery = sink.deliver(recordsOf(1, 3), NEVER);
    if (each.refusal === undefined) await delivery;
    else await expect(delivery).rejects.toThrow(each.refusal);
    expect(bodies).toHaveLength(each.refusal === undefined ? 1 : 0);
    expectNothingInClear(heard());
  });
});

it('postgres sends nothing to a server that does not speak TLS', async () => {
  const rig = await startPostgres(makeFolder());
  ends.push(rig.stop);
  const { port, heard } = await startWiretap(rig.config.port);
  const sink = sinkFor({ ...rig.config, port, tls: {} });
  ends.push(() => sink.close());
  const delivery = sink.deliver(recordsOf(1, 3), NEVER);
  await expect(delivery).rejects.toThrow('The server does not support SSL connections');
  // The question for TLS has 8 bytes, and names nobody.
  expect(heard()).toHaveLength(8);
});

it('nats sends nothing to a server that does not speak TLS', async () => {
  const rig = await startNats(makeFolder());
  ends.push(rig.stop);
  const { port, heard } = await startWiretap(portOf(rig.config));
  const sink = sinkFor({ ...rig.config, servers: [`127.0.0.1:${String(port)}`], tls: {} });
  ends.push(() => sink.close());
  await expect(sink.deliver(recordsOf(1, 3), NEVER)).rejects.toThrow(/tls/iu);
  expect(heard()).toBe('');
});

const portOf = ({ servers }: NatsSinkConfig): number => Number(servers[0]?.split(':').at(-1));

/** Nobody who listens on the way sees who connects, with what, and what is sent. */
function expectNothingInClear(heard: string): void {
  expect(heard.length).toBeGreaterThan(0);
  for (const text of [SECRET, 'ambit', 'INSERT', '"seq"', '/v1/logs'])
    expect([text, heard.includes(text)]).toEqual([text, false]);
}
