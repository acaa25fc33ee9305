import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { startChild } from '../../support/child';
import type { Child } from '../../support/child';
import { send } from '../../support/http-client';
import { snippet } from './snippets';

/** Where everything is, for a proxy that runs in a test. */
export interface ProxyPlace {
  /** Port of loopback that clients send to. */
  readonly port: number;
  readonly directory: string;
  /** Where Ambit answers HTTP, `HOST:PORT`. */
  readonly ambit: string;
  readonly caFile: string;
  /** Ports of the providers at loopback. */
  readonly origins: Readonly<Record<'openai-zdr' | 'azure-eu', number>>;
}

/** A proxy as docs/forward-auth.md configures it, and what it makes of each answer. */
export interface TestedProxy {
  readonly name: string;
  readonly start: (place: ProxyPlace) => Promise<Child>;
  /** The status of what Ambit refuses with 400, of a block with 403, of an unknown target, and without Ambit. */
  readonly statuses: {
    readonly refused: number;
    readonly blocked: number;
    readonly unknownTarget: number;
    readonly unavailable: number;
  };
}

const NAMES = { openai: 'api.openai.com', azure: 'example-eu.openai.azure.com' } as const;

/** nginx of the system, which scripts/install-test-tools.sh installs where root runs it. */
export const NGINX: TestedProxy = {
  name: 'nginx',
  statuses: { refused: 403, blocked: 403, unknownTarget: 502, unavailable: 503 },
  start: (place) => {
    const file = join(place.directory, 'nginx.conf');
    mkdirSync(join(place.directory, 'tmp'));
    writeFileSync(file, nginxConfig(place));
    const flags = ['-p', place.directory, '-c', file, '-e', 'stderr'];
    return startProxy('nginx', [findNginx(), ...flags], place);
  },
};

function findNginx(): string {
  const places = [process.env['NGINX_BIN'] ?? '', '/usr/sbin/nginx', '/usr/bin/nginx'];
  const found = places.find((place) => place !== '' && existsSync(place));
  if (found !== undefined) return found;
  throw new Error('no nginx found; run `scripts/install-test-tools.sh`, or name one in NGINX_BIN');
}

function nginxConfig({ port, ambit, caFile, origins }: ProxyPlace): string {
  const server = snippet('nginx', {
    'unix:/run/ambit/http.sock': ambit,
    '127.0.0.1:8080': `127.0.0.1:${String(port)}`,
    [`${NAMES.openai}:443`]: `127.0.0.1:${String(origins['openai-zdr'])}`,
    [`${NAMES.azure}:443`]: `127.0.0.1:${String(origins['azure-eu'])}`,
    '/etc/ssl/certs/ca-certificates.crt': caFile,
  });
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const paths = places.map((each) => `${each}_temp_path tmp/${each};`).join(' ');
  return `daemon off; master_process off; pid nginx.pid; error_log stderr warn;
events {}
http { access_log off; ${paths}
${server}
}
`;
}

/** Caddy, which scripts/install-test-tools.sh fetches. */
export const CADDY: TestedProxy = {
  name: 'caddy',
  statuses: { refused: 400, blocked: 403, unknownTarget: 503, unavailable: 502 },
  start: (place) => {
    const file = join(place.directory, 'Caddyfile');
    writeFileSync(file, caddyfile(place));
    return startProxy('caddy', [findCaddy(), 'run', '--config', file], place);
  },
};

function findCaddy(): string {
  const installed = resolve(__dirname, '../../../.tools/caddy');
  if (existsSync(installed)) return installed;
  throw new Error('no Caddy found; run `scripts/install-test-tools.sh`');
}

function caddyfile({ port, ambit, caFile, origins }: ProxyPlace): string {
  // The providers have names of their own, but no addresses; the transport says what the machine has instead.
  const to = (name: string, origin: number): string =>
    `https://127.0.0.1:${String(origin)} {\n\t\t\t\ttransport http {\n\t\t\t\t\ttls_server_name ${name}\n\t\t\t\t\ttls_trust_pool file ${caFile}\n\t\t\t\t}`;
  const site = snippet('caddyfile', {
    'unix//run/ambit/http.sock': ambit,
    ':8080': `:${String(port)}`,
    [`https://${NAMES.openai} {`]: to(NAMES.openai, origins['openai-zdr']),
    [`https://${NAMES.azure} {`]: to(NAMES.azure, origins['azure-eu']),
  });
  return `{\n\tadmin off\n\tauto_https off\n\tpersist_config off\n}\n${site}\n`;
}

async function startProxy(
  name: string,
  command: readonly [string, ...string[]],
  { directory, port }: ProxyPlace,
): Promise<Child> {
  const child = startChild({ name, command, logFile: join(directory, `${name}.log`) });
  // A path that Ambit refuses, whatever the policy, so that no provider hears of it.
  await child.ready(async () => {
    const { status } = await send({ port, method: 'GET', path: '/ready' });
    return status > 0;
  });
  return child;
}
