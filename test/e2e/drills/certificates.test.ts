import { X509Certificate } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';

import { credentials } from '@grpc/grpc-js';
import type { ChannelCredentials } from '@grpc/grpc-js';

import { createAuthority } from '../../contract/support/authority';
import type { Authority, Issued } from '../../contract/support/authority';
import { call } from '../../contract/support/client';
import type { Outcome } from '../../contract/support/client';
import { POLICY_FILE } from '../../contract/support/service';
import { runs, Spread } from '../../laws/support/runs';
import { until } from '../support/wait';
import { startDrillProcess } from './support/drill-process';
import type { DrillProcess } from './support/drill-process';
import { startLoad } from './support/load';
import type { Load } from './support/load';
import { openOwnClient } from './support/own-client';
import { report } from './support/report';

/** Rotations, before they are made more or fewer. */
const ROTATIONS = 10;

/** Calls over connections of a new authority that are waited for. */
const LEAST_CALLS = 40;

const RED = 'spiffe://test/red';
const SERVER = { names: ['DNS:localhost', 'IP:127.0.0.1'] };
const CLIENT = { names: [`URI:${RED}`] };
const REQUEST = { context: { tenant: 'red' }, candidates: [{ target: 'acme/large' }] };

/** What the log says of changed files. */
const RENEWED = 'certificate renewed';
const REFUSED = 'the TLS files are refused';

const configuration = (directory: string): string => `apiVersion: ambit/v1
kind: Service
metadata: { name: drill }
spec:
  policies: [policy.yaml]
  listeners:
    - address: 127.0.0.1:0
      tls: { certificate_file: tls.crt, private_key_file: tls.key, client_ca_file: ca.crt }
  callers:
    - { name: red, certificate_uris: ['${RED}'], tenants: [red] }
  diagnostics: { address: 'unix:${directory}/diagnostics.sock' }
`;

let folder = '';
let service: DrillProcess;
let loads: Load[] = [];
let authorities: Authority[] = [];

const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-certificates-'));
  loads = [];
  authorities = [];
  writeFileSync(at('policy.yaml'), POLICY_FILE.replace('selection: true', 'selection: false'));
  writeFileSync(at('ambit.yaml'), configuration(folder));
});

afterEach(async () => {
  await Promise.all(loads.map((load) => load.stop()));
  service.signal('SIGTERM');
  expect(await service.ended()).toEqual({ code: 0, signal: null });
  for (const authority of authorities) authority.remove();
  rmSync(folder, { recursive: true });
});

/** Puts a file where the service looks for it, in one step. */
function install(content: Buffer, name: string): void {
  writeFileSync(at(`${name}.new`), content);
  renameSync(at(`${name}.new`), at(name));
}

function installPair({ key, cert }: Issued): void {
  install(key, 'tls.key');
  install(cert, 'tls.crt');
}

function newAuthority(): Authority {
  const authority = createAuthority(`authority ${String(authorities.length)}`);
  authorities.push(authority);
  return authority;
}

/** Whom both sides trust while one authority takes over from another. */
const together = (...from: readonly Authority[]): Buffer =>
  Buffer.concat(from.map(({ cert }) => cert));

/** What a client shows, and whom it trusts. */
interface Client {
  readonly shows: Issued;
  readonly trusts: Buffer;
}

const credentialsOf = ({ shows, trusts }: Client): ChannelCredentials =>
  credentials.createSsl(trusts, shows.key, shows.cert);

/** The fingerprint of the certificate that a new connection is shown. */
function shownTo({ shows, trusts }: Client, address: string): Promise<string> {
  const port = Number(address.split(':').at(-1));
  const { key, cert } = shows;
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: '127.0.0.1',
      servername: 'localhost',
      port,
      key,
      cert,
      ca: trusts,
      ALPNProtocols: ['h2'],
    });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
  });
}

interface Drill {
  readonly spread: Spread;
  readonly address: string;
  /** Calls that were not answered as they must be. */
  readonly failures: string[];
  authority: Authority;
  client: Client;
}

function tell({ spread, failures }: Drill, how: string, outcome: Outcome): void {
  const said = 'answer' in outcome ? String(outcome.answer['outcome']) : outcome.details;
  if (said === 'OUTCOME_ALLOW') spread.add(how);
  else failures.push(`${how}: ${said}`);
}

/** Clients that keep the connections that they open now, until other authorities are trusted. */
function keepAsking(drill: Drill, how: string): Load {
  const load = startLoad({
    addresses: [drill.address],
    callers: 1,
    streamers: 1,
    as: credentialsOf(drill.client),
    next: () => ({
      request: REQUEST,
      told: (outcome) => {
        tell(drill, how, outcome);
      },
    }),
  });
  loads.push(load);
  return load;
}

/** One call over a connection of its own. */
async function askAnew(drill: Drill, as: Client = drill.client): Promise<Outcome> {
  const client = openOwnClient('ambit.v1.DecisionService', drill.address, credentialsOf(as));
  const outcome = await call(client, 'Decide', REQUEST);
  client.close();
  return outcome;
}

/** Waits for something while one connection after the other is opened. */
async function untilSeen(
  drill: Drill,
  what: string,
  isSeen: () => Promise<boolean>,
): Promise<void> {
  await until(what, async () => {
    tell(drill, 'new connection', await askAnew(drill));
    return (await isSeen()) ? true : undefined;
  });
}

const told = (message: string): number =>
  service.log().filter(({ msg }) => String(msg).startsWith(message)).length;

/**
 * Changes files and waits until the log says that what they hold now is in force. Each change waits for its own
 * record, so that none is taken for that of the change before.
 */
async function renew(drill: Drill, change: () => void): Promise<void> {
  const before = told(RENEWED);
  change();
  await untilSeen(drill, 'the files to be in force', () => Promise.resolve(told(RENEWED) > before));
}

async function renewServer(drill: Drill): Promise<void> {
  const renewed = drill.authority.issue(SERVER);
  await renew(drill, () => {
    installPair(renewed);
  });
  const { fingerprint256: wanted } = new X509Certificate(renewed.cert);
  expect(await shownTo(drill.client, drill.address)).toBe(wanted);
  drill.spread.add('server certificate');
}

function trust(drill: Drill, ...trusted: readonly Authority[]): Promise<void> {
  return renew(drill, () => {
    install(together(...trusted), 'ca.crt');
  });
}

function renewClient(drill: Drill): Promise<void> {
  drill.client = { ...drill.client, shows: drill.authority.issue(CLIENT) };
  drill.spread.add('client certificate');
  return Promise.resolve();
}

/** Another authority takes over as it should be done: both are trusted until nobody needs the old one. */
async function replaceAuthority(drill: Drill): Promise<void> {
  const { authority: old, client: before } = drill;
  const next = newAuthority();
  await trust(drill, old, next);
  drill.client = { ...before, trusts: together(old, next) };
  drill.authority = next;
  await renewServer(drill);
  drill.client = { shows: next.issue(CLIENT), trusts: next.cert };
  // Nobody needs the old one any more once all clients have gone over; theirs are asked to come anew, and lose no call.
  await Promise.all(loads.map((load) => load.stop()));
  const gone = keepAsking(drill, 'connection of the new authority');
  await trust(drill, next);
  await until('calls of the new authority', () =>
    gone.answered() >= LEAST_CALLS ? true : undefined,
  );
  await gone.stop();
  keepAsking(drill, 'connection of the beginning');
  // Whoever shows a certificate of the old one does not get in again.
  const refused = await askAnew(drill, { ...before, trusts: next.cert });
  expect(refused).toMatchObject({ code: 'UNAVAILABLE' });
  drill.spread.add('authority');
}

/** A key without its certificate is not used, and seen; the pair before stays. */
async function installHalf(drill: Drill): Promise<void> {
  const before = told(REFUSED);
  const { key, cert } = drill.authority.issue(SERVER);
  install(key, 'tls.key');
  await untilSeen(drill, 'the key to be refused', () => Promise.resolve(told(REFUSED) > before));
  await renew(drill, () => {
    install(cert, 'tls.crt');
  });
  drill.spread.add('key before its certificate');
}

const WAYS = [renewServer, renewClient, replaceAuthority, installHalf, renewServer];

async function start(): Promise<Drill> {
  const authority = newAuthority();
  installPair(authority.issue(SERVER));
  install(together(authority), 'ca.crt');
  service = startDrillProcess({ args: ['--config', at('ambit.yaml')], listen: [] });
  const [address = ''] = await service.listening();
  const client = { shows: authority.issue(CLIENT), trusts: authority.cert };
  return { spread: new Spread(), address, failures: [], authority, client };
}

describe('certificates that are replaced under load', () => {
  it('fail no call, over open connections and new ones', async () => {
    const drill = await start();
    const { spread, failures } = drill;
    keepAsking(drill, 'connection of the beginning');
    let latest = keepAsking(drill, 'open connection');
    for (let rotation = 0; rotation < runs(ROTATIONS); rotation += 1) {
      await WAYS[rotation % WAYS.length]?.(drill);
      expect(failures).toEqual([]);
      await latest.stop();
      latest = keepAsking(drill, 'open connection');
    }
    await Promise.all(loads.map((load) => load.stop()));
    expect(failures).toEqual([]);
    for (const load of loads) expect(load.answered()).toBe(load.asked());
    report('certificates', spread);
    spread.expectAtLeast(2, 'client certificate', 'authority', 'key before its certificate');
    spread.expectAtLeast(6, 'server certificate');
    spread.expectAtLeast(200, 'connection of the beginning', 'open connection');
    spread.expectAtLeast(LEAST_CALLS, 'connection of the new authority');
    // Each of fourteen renewals opens one at least, however soon it is seen.
    spread.expectAtLeast(14, 'new connection');
  });
});
