import type { ValueReader } from '../../dialects/yaml/reader';
import { quote, type Located, type Span } from '../../dialects/yaml/source-text';
import {
  SINK_HOST,
  SINK_KINDS,
  SINK_NAME,
  SINK_PARTITIONS,
  SINK_TABLE,
  type PostgresSinkSettings,
  type SinkKind,
  type SinkSettings,
  type StdoutSinkSettings,
} from '../../ports/sink-settings';
import type { ConfigDraft } from './draft';
import { readSecretReference } from './secret-reference';
import { checkPlaintextSink, readSinkTls, type SinkMap } from './sink-connection';
import { readNatsSink } from './sink-nats';
import { readOtlpSink } from './sink-otlp';

const NAME = { pattern: SINK_NAME, form: 'lower-case letters, digits and hyphens' };

const HOST = {
  pattern: SINK_HOST,
  form: 'a name, an address, or the directory of a socket',
};

const TABLE = {
  pattern: SINK_TABLE,
  form: '`TABLE` or `SCHEMA.TABLE` of lower-case letters, digits and `_`',
};

const READERS: Readonly<Record<SinkKind, (sink: SinkMap) => SinkSettings | undefined>> = {
  postgres: readPostgresSink,
  nats: readNatsSink,
  otlp: readOtlpSink,
  stdout: readStdoutSink,
};

/** Where the trail's lines are sent besides, and where each of them is named. */
interface SinksReading {
  readonly sinks: readonly SinkSettings[];
  readonly places: ReadonlyMap<string, Span>;
}

/** Reads where the trail's lines are sent besides. Undefined: nothing can be read of it. */
export function readSinks(
  value: ValueReader,
  { resolve }: Pick<ConfigDraft, 'resolve'>,
): SinksReading | undefined {
  const seen = new Map<string, Located<string>>();
  const sinks = value.list()?.flatMap((item) => {
    const read = readSink(item, resolve);
    if (read.name !== undefined) checkName(item, read.name, seen);
    return read.settings ?? [];
  });
  return sinks === undefined ? undefined : { sinks, places: seen };
}

interface ReadSink {
  readonly name?: Located<string> | undefined;
  readonly settings?: SinkSettings | undefined;
}

function readSink(item: ValueReader, resolve: ConfigDraft['resolve']): ReadSink {
  const map = item.map();
  if (map === undefined) return {};
  const name = map.required('name')?.text(NAME);
  const kind = map.required('kind')?.choice(SINK_KINDS);
  // Without a kind nobody can say which keys are right.
  if (kind === undefined) return { name };
  const settings = READERS[kind.value]({ name: name?.value ?? '', map, resolve });
  map.close();
  return name === undefined ? {} : { name, settings };
}

/** A cursor is known by the name of its sink. */
function checkName(
  { report }: ValueReader,
  name: Located<string>,
  seen: Map<string, Located<string>>,
): void {
  const first = seen.get(name.value);
  if (first === undefined) {
    seen.set(name.value, name);
    return;
  }
  report.error('duplicate_item', name, `the sink ${quote(name.value)} stands twice`, {
    help: 'give each sink a name of its own',
    related: { at: first, message: 'the first stands here' },
  });
}

function readPostgresSink(sink: SinkMap): PostgresSinkSettings | undefined {
  const { name, map, resolve } = sink;
  const host = map.required('host')?.text(HOST);
  const port = map.integer('port', { min: 1, max: 65_535 })?.value ?? 5432;
  const database = map.required('database')?.text();
  const user = map.required('user')?.text();
  const password = readSecretReference(map.value('password'), resolve);
  const table = map.required('table')?.text(TABLE);
  const partition = map.choice('partition', SINK_PARTITIONS)?.value ?? 'day';
  const tls = readSinkTls(sink);
  const hosts = host === undefined ? [] : [host.value];
  checkPlaintextSink(sink, { at: host ?? map.label, hosts, isPlain: !map.has('tls') });
  if (!host || !database || !user || !table) return undefined;
  return {
    ...{ kind: 'postgres', name, host: host.value, port, database: database.value },
    ...{ user: user.value, table: table.value, partition },
    ...(password === undefined ? {} : { password }),
    ...(tls === undefined ? {} : { tls }),
  };
}

function readStdoutSink({ name, map }: SinkMap): StdoutSinkSettings {
  const fd = map.integer('fd', { min: 1, max: 255 })?.value;
  return { kind: 'stdout', name, ...(fd === undefined ? {} : { fd }) };
}
