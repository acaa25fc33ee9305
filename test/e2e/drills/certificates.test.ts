import { copyFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

const RED = 'spiffe://test/red';
const SERVER = { names: ['DNS:localhost', 'IP:127.0.0.1'] };
const CLIENT = { names: [`URI:${RED}`] };
const REQUEST = { context: { tenant: 'red' }, candidates: [{ target: 'acme/large' }] };

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

/** The serial number of the certificate that a new connection is shown; throws where it is not let in. */
function serialShown(address: string, { shows, trusts }: Client): Promise<string> {
  const port = Number(address.split(':').at(-1));
  const { key, cert } = shows;
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, key, cert, ca: trusts, ALPNProtocols: ['h2'] });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
  });
}

interface Drill {
  readonly spread: Spread;
  readonly address: string;
  readonly failures: string[];
  client: Client;
}

function tell({ spread, failures }: Drill, how: string, outcome: Outcome): void {
  const said = 'answer' in outcome ? String(outcome.answer['outcome']) : outcome.details;
  if (said === 'OUTCOME_ALLOW') spread.add(how);
  else failures.push(`${how}: ${said}`);
}

/** Clients that keep their connection; those of before stay with theirs. */
function keepAsking(drill: Drill): void {
  const load = startLoad({
    addresses: [drill.address],
    callers: 1,
    streamers: 1,
    next: () => ({ request: REQUEST, told: (outcome) => { tell(drill, 'open connection', outcome); } }),
    as: credentialsOf(drill.client),
  });
  loads.push(load);
}

/** One call over a connection of its own. */
async function askAnew(drill: Drill): Promise<void> {
  const client = openOwnClient('ambit.v1.DecisionService', drill.address, credentialsOf(drill.client));
  tell(drill, 'new connection', await call(client, 'Decide', REQUEST));
  client.close();
}

/** Waits, while calls go on, until new connections are shown the certificate. */
async function shown(drill: Drill, { cert }: Issued): Promise<void> {
  const wanted = serialOf(cert);
  await until('the new certificate to be shown', async () => {
    await askAnew(drill);
    return (await serialShown(drill.address, drill.client)) === wanted ? true : undefined;
  });
}

/** Waits until a client that shows the certificate gets in. */
async function letIn(drill: Drill, client: Client): Promise<void> {
  await until('the new authority to be trusted', async () => {
    await askAnew(drill);
    return (await isLetIn(drill.address, client)) ? true : undefined;
  });
}
