import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createAuthority } from '../../../contract/support/authority';
import type { Issued } from '../../../contract/support/authority';
import { POLICY_FILE } from '../../../contract/support/service';
import { until } from '../../support/wait';
import { diagnosticsAt, startDrillProcess } from './drill-process';
import type { DrillProcess } from './drill-process';

/** A service that listens in every way there is. */
export interface FullSite {
  readonly service: DrillProcess;
  /** gRPC without TLS, `HOST:PORT`. */
  readonly plain: string;
  /** The port of gRPC over TLS, for clients that show a certificate. */
  readonly securedPort: number;
  /** Sockets of HTTP/1.1. */
  readonly httpPath: string;
  readonly diagnosticsPath: string;
  /** Who signs for the service and its clients. */
  readonly ca: Buffer;
  readonly client: Issued;
  /** A client that somebody else signs for. */
  readonly stranger: Issued;
  /** Ends the service, in order. */
  readonly stop: () => Promise<void>;
}

const URI = 'spiffe://test/any';
const SUBJECT = { names: [`URI:${URI}`] };

const configuration = (httpPath: string): string => `apiVersion: ambit/v1
kind: Service
metadata: { name: drill }
spec:
  policies: [policy.yaml]
  listeners:
    - { address: 127.0.0.1:0, caller: any }
    - address: 127.0.0.1:0
      tls: { certificate_file: tls.crt, private_key_file: tls.key, client_ca_file: ca.crt }
  http: { address: 'unix:${httpPath}', caller: any }
  callers:
    - { name: any, certificate_uris: ['${URI}'], tenants: any }
`;

/** Starts one with these options of Node, and waits until it listens. */
export async function startFullSite(nodeOptions: readonly string[]): Promise<FullSite> {
  const folder = mkdtempSync(join(tmpdir(), 'ambit-site-'));
  const [httpPath, diagnosticsPath] = [join(folder, 'http.sock'), diagnosticsAt(folder)];
  const [ours, foreign] = [createAuthority('ours'), createAuthority('foreign')];
  const { key, cert } = ours.issue({ names: ['DNS:localhost'] });
  const files = { 'tls.key': key, 'tls.crt': cert, 'ca.crt': ours.cert };
  const texts = { 'policy.yaml': POLICY_FILE, 'ambit.yaml': configuration(httpPath) };
  for (const [name, content] of Object.entries({ ...files, ...texts })) {
    writeFileSync(join(folder, name), content);
  }
  const service = startDrillProcess({
    args: ['--config', join(folder, 'ambit.yaml'), '--diagnostics', diagnosticsPath],
    listen: [],
    nodeOptions,
  });
  const [plain = '', secured = ''] = await addressesOf(service);
  return {
    service,
    plain,
    securedPort: Number(secured.split(':').at(-1)),
    httpPath,
    diagnosticsPath: diagnosticsPath.slice('unix:'.length),
    ca: ours.cert,
    client: ours.issue(SUBJECT),
    stranger: foreign.issue(SUBJECT),
    stop: async () => {
      service.signal('SIGTERM');
      expect(await service.ended()).toEqual({ code: 0, signal: null });
      for (const authority of [ours, foreign]) authority.remove();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Of its listeners of gRPC, in their order. */
function addressesOf(service: DrillProcess): Promise<readonly string[]> {
  return until('both listeners', () => {
    const told = service.log().filter(({ msg }) => msg === 'listening');
    return told.length < 2 ? undefined : told.map(({ address }) => String(address));
  });
}
