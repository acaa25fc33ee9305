import { MAX_TEXT_CHARS } from '../../src/dialects/yaml/limits';
import {
  OTLP_URL,
  OWN_HEADERS,
  RESOURCE_KEY,
  HEADER_NAME,
  SINK_HOST,
  SINK_NAME,
  SINK_PARTITIONS,
  SINK_STREAM,
  SINK_SUBJECT,
  SINK_TABLE,
  type SinkKind,
} from '../../src/ports/sink-settings';
import {
  freeMapping,
  list,
  mapping,
  ref,
  set,
  truth,
  whole,
  word,
  type Properties,
  type Schema,
} from './json-schema';
import { SECRET, secret } from './secret';

function text({ source }: RegExp, description: string, example: string): Schema {
  const maxLength = MAX_TEXT_CHARS;
  return { type: 'string', description, pattern: source, maxLength, examples: [example] };
}

const TLS: Schema = {
  description: 'TLS: `system` trusts the authorities that Node knows.',
  if: { type: 'object' },
  then: mapping(
    {
      ca_file: ref('text', 'A PEM file with the authorities of the server.'),
      certificate_file: ref('text', 'A PEM file with what the client shows.'),
      private_key: secret('Where its private key is.'),
    },
    {
      dependentRequired: {
        certificate_file: ['private_key'],
        private_key: ['certificate_file'],
      },
    },
  ),
  else: { const: 'system' },
};

const INSECURE: Schema = {
  ...truth('Allows plaintext to a server beyond this machine.'),
  default: false,
};

const LOCALHOST = '[Ll][Oo][Cc][Aa][Ll][Hh][Oo][Ss][Tt]';

/** Holds for all but plaintext to what is certainly another machine. */
function unlessPlain(isLocal: Schema): Schema {
  return {
    description: 'Plaintext beyond this machine must be allowed.',
    anyOf: [
      isLocal,
      { required: ['tls'] },
      { properties: { insecure: { const: true } }, required: ['insecure'] },
    ],
  };
}

function common(kind: SinkKind): Properties {
  return {
    name: text(SINK_NAME, 'Its name in cursors, metrics and logs.', 'db'),
    kind: { const: kind, description: 'What takes the lines.' },
  };
}

const POSTGRES = mapping(
  {
    ...common('postgres'),
    host: text(SINK_HOST, 'A name, an address, or the directory of a socket.', 'db.internal'),
    port: { ...whole(1, 'Its port.', 65_535), default: 5432 },
    database: ref('text', 'The database.'),
    user: ref('text', 'The user.'),
    password: secret('Where the password is.'),
    table: text(SINK_TABLE, '`TABLE` or `SCHEMA.TABLE`; made where it is missing.', 'audit.lines'),
    partition: word(SINK_PARTITIONS, 'How much time a partition holds. Not to be changed.', 'day'),
    tls: TLS,
    insecure: INSECURE,
  },
  {
    required: ['name', 'kind', 'host', 'database', 'user', 'table'],
    allOf: [
      unlessPlain({
        properties: {
          host: { type: 'string', pattern: String.raw`^(?:/|127\.|.*:|${LOCALHOST}$)` },
        },
      }),
    ],
  },
);

const BOTH = (...required: readonly string[]): Schema => ({ required });

const NATS = mapping(
  {
    ...common('nats'),
    servers: set(
      text(/^(?:\[[^\]@]+\]|[^:\s[\]@]+):[0-9]{1,5}$/u, '`HOST:PORT`.', 'nats.internal:4222'),
      'The servers of the cluster.',
    ),
    subject: text(SINK_SUBJECT, 'Where messages are published.', 'ambit.lines'),
    stream: text(SINK_STREAM, 'The stream that must take them.', 'LINES'),
    create_stream: { ...truth('Makes the stream where it is missing.'), default: false },
    user: ref('text', 'The user.'),
    password: secret('Where the password is.'),
    token: secret('Where the token is.'),
    creds: secret('Where the text of a `.creds` file is.'),
    tls: TLS,
    insecure: INSECURE,
  },
  {
    required: ['name', 'kind', 'servers', 'subject', 'stream'],
    dependentRequired: { user: ['password'], password: ['user'] },
    not: {
      anyOf: [BOTH('password', 'token'), BOTH('password', 'creds'), BOTH('token', 'creds')],
    },
    allOf: [
      unlessPlain({
        properties: {
          servers: {
            type: 'array',
            items: { type: 'string', pattern: String.raw`^(?:\[|127\.|${LOCALHOST}:)` },
          },
        },
      }),
    ],
  },
);

const OTLP = mapping(
  {
    ...common('otlp'),
    url: text(OTLP_URL, 'Where logs are taken.', 'https://collector.internal:4318/v1/logs'),
    headers: freeMapping(
      {
        ...text(HEADER_NAME, 'A header in lower case.', 'authorization'),
        not: { enum: OWN_HEADERS },
      },
      SECRET,
      'Sent with every request.',
    ),
    resource: freeMapping(
      text(RESOURCE_KEY, 'A key.', 'service.instance.id'),
      ref('text'),
      'Attributes of the resource beside `service.name`.',
    ),
    tls: TLS,
    insecure: INSECURE,
  },
  {
    required: ['name', 'kind', 'url'],
    allOf: [
      {
        description: '`tls` is for `https`.',
        if: { properties: { url: { type: 'string', pattern: '^http:' } }, required: ['url'] },
        then: { properties: { tls: false } },
      },
      unlessPlain({
        properties: {
          url: { type: 'string', pattern: String.raw`^https:|^http://(?:[\[0-9]|${LOCALHOST})` },
        },
      }),
    ],
  },
);

const STDOUT = mapping(
  { ...common('stdout'), fd: { ...whole(1, 'The file descriptor.', 255), default: 1 } },
  { required: ['name', 'kind'] },
);

function byKind(kind: SinkKind, then: Schema, otherwise: Schema): Schema {
  const condition: Schema = {
    type: 'object',
    properties: { kind: { const: kind } },
    required: ['kind'],
  };
  return { if: condition, then, else: otherwise };
}

const SINK: Schema = {
  description: 'Where lines are sent: `postgres`, `nats`, `otlp` or `stdout`.',
  ...byKind('postgres', POSTGRES, byKind('nats', NATS, byKind('otlp', OTLP, STDOUT))),
};

/** The sinks of the service. */
export const SINKS: Schema = list(
  SINK,
  'Where the lines of the trail are sent besides. Default: nowhere.',
);
