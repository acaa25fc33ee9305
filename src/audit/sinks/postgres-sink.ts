import { Socket } from 'node:net';

import { Client } from 'pg';

import type { RecordSink, SinkRecord } from '../../ports/record-sink';
import { createSink } from './create-sink';
import type { SinkDriver } from './create-sink';
import { makePartition, migrate, partitionOf, tableNames } from './postgres-schema';
import type { TableNames } from './postgres-schema';
import { factsOf } from './line-facts';
import type { PostgresSinkConfig } from './sink-config';

/** How long a server may take to let a client in. */
const CONNECT_MS = 10_000;

/**
 * Records as rows of a table, one partition a day or a month. A record that is sent again is left as it stands, so every
 * record is there once. Throws for a table that is no name.
 */
export function createPostgresSink(config: PostgresSinkConfig): RecordSink {
  const secrets = [config.password ?? '', config.tls?.key ?? ''];
  return createSink({ name: config.name, secrets, createDriver: () => new PostgresDriver(config) });
}

/** A connection, and the partitions that it saw. */
interface Session {
  readonly client: Client;
  readonly partitions: Set<string>;
}

class PostgresDriver implements SinkDriver {
  private readonly config: PostgresSinkConfig;
  private readonly names: TableNames;
  private socket: Socket | undefined;
  private session: Session | undefined;

  constructor(config: PostgresSinkConfig) {
    this.config = config;
    this.names = tableNames(config.table);
  }

  async send(batch: readonly SinkRecord[], signal: AbortSignal): Promise<void> {
    const end = (): void => {
      this.end();
    };
    signal.addEventListener('abort', end, { once: true });
    try {
      this.session ??= await this.open();
      await this.insert(this.session, batch);
    } catch (error) {
      // What a failure leaves of a connection or of a transaction is not worth finding out.
      this.end();
      throw error;
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  end(): void {
    this.socket?.destroy();
    this.socket = undefined;
    this.session = undefined;
  }

  private async open(): Promise<Session> {
    const { host, port, database, user, password, tls } = this.config;
    const socket = new Socket();
    this.socket = socket;
    const client = new Client({
      ...{ host, port, database, user },
      // The host is what the certificate must be for; without it, an address would be taken for `localhost`.
      ssl: tls === undefined ? false : { ...tls, host },
      // A function, since an empty password would be looked for in the environment and in a file of the user.
      password: () => password ?? '',
      application_name: 'ambit',
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      stream: () => socket,
    });
    // A connection that breaks between two deliveries is found out by the next one.
    client.on('error', () => undefined);
    await client.connect();
    await makeDurable(client);
    await migrate(client, this.names);
    return { client, partitions: new Set() };
  }

  private async insert(session: Session, batch: readonly SinkRecord[]): Promise<void> {
    const times = batch.map(({ json }) => factsOf(json).timeMs);
    await this.preparePartitions(session, times);
    await session.client.query(
      `INSERT INTO ${this.names.records} (id, sequence, recorded_at, line)
       SELECT * FROM unnest($1::text[], $2::bigint[], $3::timestamptz[], $4::json[])
       ON CONFLICT DO NOTHING`,
      [
        batch.map(({ id }) => id),
        batch.map(({ sequence }) => sequence),
        times.map((timeMs) => new Date(timeMs).toISOString()),
        batch.map(({ json }) => json),
      ],
    );
  }

  private async preparePartitions(session: Session, times: readonly number[]): Promise<void> {
    for (const timeMs of times) {
      const range = partitionOf(timeMs, this.config.partition);
      if (session.partitions.has(range.suffix)) continue;
      await makePartition(session.client, this.names, range);
      session.partitions.add(range.suffix);
    }
  }
}

/** A commit that the server answers before it is on disk can be lost with it; a stricter setting is left as it is. */
async function makeDurable(client: Client): Promise<void> {
  await client.query(
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
  );
}
