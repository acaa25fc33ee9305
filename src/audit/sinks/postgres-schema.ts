import type { Client } from 'pg';

import { SINK_TABLE } from '../../ports/sink-settings';
import type { PostgresSinkConfig } from './sink-config';

/** The names that SQL needs, quoted. */
export interface TableNames {
  readonly records: string;
  readonly migrations: string;
  readonly partition: (suffix: string) => string;
}

/** The names of a table and of what belongs to it. Throws for what is no name, since none can be a parameter. */
export function tableNames(table: string): TableNames {
  if (!SINK_TABLE.test(table)) {
    throw new Error(
      `the table \`${table}\` is no \`TABLE\` or \`SCHEMA.TABLE\` of lower-case letters, digits and underscores`,
    );
  }
  const quote = (name: string): string =>
    name
      .split('.')
      .map((part) => `"${part}"`)
      .join('.');
  return {
    records: quote(table),
    migrations: quote(`${table}_migrations`),
    partition: (suffix) => quote(`${table}_${suffix}`),
  };
}

/** What made the tables what they are, in order. A migration that was published is never changed. */
const MIGRATIONS: readonly ((names: TableNames) => string)[] = [
  // `json` keeps the text as it is, byte by byte, so that it can be held against the trail; `jsonb` would not.
  ({ records }) => `CREATE TABLE ${records} (
    id text NOT NULL,
    sequence bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    line json NOT NULL,
    PRIMARY KEY (id, recorded_at)
  ) PARTITION BY RANGE (recorded_at)`,
];

/** Makes the tables, or brings them up to date; whoever comes at the same time waits. Changes nothing where nothing is to do. */
export async function migrate(client: Client, names: TableNames): Promise<void> {
  if ((await version(client, names)) === MIGRATIONS.length) return;
  await locked(client, names, async () => {
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${names.migrations} (version integer PRIMARY KEY, done_at timestamptz NOT NULL DEFAULT now())`,
    );
    const done = await version(client, names);
    if (done > MIGRATIONS.length)
      throw new Error('a newer Ambit made it; use that one, or another table');
    for (const [index, migration] of MIGRATIONS.entries()) {
      if (index < done) continue;
      await client.query(migration(names));
      await client.query(`INSERT INTO ${names.migrations} (version) VALUES ($1)`, [index + 1]);
    }
  });
}

async function version(client: Client, { migrations }: TableNames): Promise<number> {
  if (!(await exists(client, migrations))) return 0;
  const { rows } = await client.query<{ readonly version: number }>(
    `SELECT coalesce(max(version), 0) AS version FROM ${migrations}`,
  );
  return rows[0]?.version ?? 0;
}

/** Makes the partition that holds an instant, where it is missing; answers with its name. */
export async function makePartition(
  client: Client,
  names: TableNames,
  { suffix, from, to }: PartitionRange,
): Promise<void> {
  const partition = names.partition(suffix);
  if (await exists(client, partition)) return;
  await locked(client, names, async () => {
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${partition} PARTITION OF ${names.records} FOR VALUES FROM ('${from}') TO ('${to}')`,
    );
  });
}

/** A partition: the end of its name, and its bounds as SQL writes them, the second one outside. */
export interface PartitionRange {
  readonly suffix: string;
  readonly from: string;
  readonly to: string;
}

/** The partition that holds an instant. Days and months are those of UTC. */
export function partitionOf(timeMs: number, by: PostgresSinkConfig['partition']): PartitionRange {
  const time = new Date(timeMs);
  const [year, month, day] = [time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()];
  const from = new Date(Date.UTC(year, month, by === 'day' ? day : 1)).toISOString();
  const to = new Date(by === 'day' ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1));
  const suffix = from.slice(0, by === 'day' ? 10 : 7).replaceAll('-', '_');
  return { suffix, from, to: to.toISOString() };
}

async function exists(client: Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ readonly found: boolean }>(
    'SELECT to_regclass($1) IS NOT NULL AS found',
    [name],
  );
  return rows[0]?.found === true;
}

/** Runs in a transaction that only one instance has at a time, whatever its table is called in other databases. */
async function locked(client: Client, names: TableNames, work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN');
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `ambit ${names.records}`,
  ]);
  await work();
  await client.query('COMMIT');
}
