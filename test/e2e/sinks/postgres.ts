import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { Client } from 'pg';

import type { PostgresSinkConfig } from '../../../src/audit/sinks/sink-config';
import type { Certificate } from '../support/certificates';
import { startChild } from '../support/child';
import type { Child } from '../support/child';
import { findFreePort } from '../support/ports';
import { until } from '../support/wait';
import { SECRET } from './rig';
import type { ArrivedRecord, SinkRig, TestedSink } from './rig';

const DEBIAN = '/usr/lib/postgresql';

/** The programs of the newest PostgreSQL, which scripts/install-test-tools.sh installs where root runs it. */
function findPrograms(): string {
  const versions = existsSync(DEBIAN)
    ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a))
    : [];
  const places = [
    process.env['POSTGRES_BIN'] ?? '',
    ...versions.map((each) => join(DEBIAN, each, 'bin')),
  ];
  const found = places.find((place) => existsSync(join(place, 'postgres')));
  if (found !== undefined) return found;
  throw new Error('no PostgreSQL found; run `scripts/install-test-tools.sh`, or set POSTGRES_BIN');
}

/** PostgreSQL does not run as root; there, it runs as the user whom its package makes. */
function asServer(program: string, args: readonly string[]): readonly [string, ...string[]] {
  if (process.getuid?.() !== 0) return [program, ...args];
  const user = ['--reuid', 'postgres', '--regid', 'postgres', '--clear-groups'];
  return ['setpriv', ...user, '--', program, ...args];
}

function giveTo(path: string): void {
  if (process.getuid?.() !== 0) return;
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'])));
  chownSync(path, uid ?? 0, gid ?? 0);
}

function initialize(directory: string, data: string): void {
  giveTo(directory);
  chmodSync(directory, 0o700);
  const passwordFile = join(directory, 'password');
  writeFileSync(passwordFile, SECRET);
  giveTo(passwordFile);
  const flags = ['-D', data, '-U', 'ambit', '-A', 'scram-sha-256', '--pwfile', passwordFile];
  const [program, ...args] = asServer(join(findPrograms(), 'initdb'), [
    ...flags,
    '--no-sync',
    '-E',
    'UTF8',
  ]);
  execFileSync(program, args, { cwd: directory, stdio: 'pipe' });
}

/** Asks the server something as its owner. */
export async function ask<T extends object>(
  { host, port, database, user }: PostgresSinkConfig,
  sql: string,
): Promise<readonly T[]> {
  const client = new Client({ host, port, database, user, password: SECRET });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

function childrenOf(data: string): readonly number[] {
  const [pid = ''] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  return execFileSync('pgrep', ['-P', pid], { encoding: 'utf8' }).trim().split('\n').map(Number);
}

function tlsSettings(directory: string, { key, cert }: Certificate): readonly string[] {
  const paths = { key: join(directory, 'server.key'), cert: join(directory, 'server.crt') };
  writeFileSync(paths.key, key, { mode: 0o600 });
  writeFileSync(paths.cert, cert);
  for (const path of Object.values(paths)) giveTo(path);
  return ['-cssl=on', `-cssl_key_file=${paths.key}`, `-cssl_cert_file=${paths.cert}`];
}

/** Starts a PostgreSQL of its own, which takes TLS, too, where it has a certificate. */
export async function startPostgres(
  directory: string,
  certificate?: Certificate,
): Promise<SinkRig & { readonly config: PostgresSinkConfig }> {
  const data = join(directory, 'data');
  initialize(directory, data);
  const config: PostgresSinkConfig = {
    ...{ kind: 'postgres', name: 'postgres', host: '127.0.0.1', port: await findFreePort() },
    ...{ database: 'postgres', user: 'ambit', password: SECRET },
    ...{ table: 'decisions', partition: 'day' },
  };
  const settings = [
    `-p${String(config.port)}`,
    '-clisten_addresses=127.0.0.1',
    `-k${directory}`,
    '-cfsync=off',
    ...(certificate === undefined ? [] : tlsSettings(directory, certificate)),
  ];
  let server: Child | undefined;
  const startOnce = async (): Promise<true> => {
    server = startChild({
      name: 'postgres',
      command: asServer(join(findPrograms(), 'postgres'), ['-D', data, ...settings]),
      logFile: join(directory, 'log'),
    });
    await server.ready(async () => (await ask(config, 'SELECT 1')).length === 1);
    return true;
  };
  // One that was killed keeps its memory for a moment, and the next one refuses to start beside it.
  const start = async (): Promise<void> => {
    await until('postgres', startOnce);
  };
  await start();
  const kill = async (): Promise<void> => {
    await server?.stop('SIGKILL');
  };
  return {
    config,
    server: {
      kill,
      start,
      signal: (signal) => {
        // A process serves each connection.
        for (const pid of childrenOf(data)) process.kill(pid, signal);
        server?.signal(signal);
      },
    },
    received: async () => {
      const rows = await ask<ArrivedRecord>(
        config,
        `SELECT id, line::text AS json FROM ${config.table} ORDER BY sequence`,
      );
      return rows.map(({ id, json }) => ({ id, json }));
    },
    stop: kill,
  };
}

export const POSTGRES: TestedSink = {
  name: 'postgres',
  start: startPostgres,
  deduplicates: true,
  survivesCrash: true,
  withSecret: (config, password) => ({ ...(config as PostgresSinkConfig), password }),
  refusal: /password authentication failed/u,
};
