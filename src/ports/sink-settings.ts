import type { SecretReference } from './secret-reference';

/** Where lines of the trail can be sent. */
export const SINK_KINDS = ['postgres', 'nats', 'otlp', 'stdout'] as const;

/** A kind of sink. */
export type SinkKind = (typeof SINK_KINDS)[number];

/** A name of a sink, which is that of a file, too. */
export const SINK_NAME = /^[a-z0-9-]{1,64}$/u;

/** A name, an address, or the directory of a socket. */
export const SINK_HOST = /^(?:\/[!-?A-~]*|[A-Za-z0-9._:-]+)$/u;

/** A subject of NATS that is not a pattern, and a stream. */
export const SINK_SUBJECT = /^[!-)+-=?-~]+$/u;
export const SINK_STREAM = /^[A-Za-z0-9_-]+$/u;

/** Without credentials, which would be shown. */
export const OTLP_URL = /^https?:\/\/[A-Za-z0-9.:[\]-]+(?:\/[!-~]*)?$/u;

export const HEADER_NAME = /^[a-z0-9-]{1,64}$/u;

/** Headers that the sink sends itself, or the connection does. */
export const OWN_HEADERS = [
  'content-type',
  'content-length',
  'transfer-encoding',
  'host',
  'connection',
] as const;

/** The key of an attribute of a resource. */
export const RESOURCE_KEY = /^[a-z][a-z0-9._]{0,63}$/u;

/** `TABLE` or `SCHEMA.TABLE`. Names cannot be parameters of SQL, so nothing else may stand there. */
export const SINK_TABLE = /^(?:[a-z_][a-z0-9_]{0,39}\.)?[a-z_][a-z0-9_]{0,39}$/u;

/** How much time a partition of a table can hold. */
export const SINK_PARTITIONS = ['day', 'month'] as const;

/** What every sink has. */
interface NamedSettings {
  /** Names it in cursors, metrics and logs: lower-case letters, digits and hyphens. */
  readonly name: string;
}

/** TLS to a server. All paths are those of PEM files. */
export interface SinkTlsSettings {
  /** The authorities that the server's certificate must be of; those that Node knows where it is absent. */
  readonly caFile?: string;
  /** What the client shows, and its private key: both or none. */
  readonly certificateFile?: string;
  readonly privateKey?: SecretReference;
}

/** Lines on an output of the process. */
export interface StdoutSinkSettings extends NamedSettings {
  readonly kind: 'stdout';
  /** The file descriptor; 1 where it is absent. */
  readonly fd?: number;
}

/** Rows of a table in PostgreSQL. */
export interface PostgresSinkSettings extends NamedSettings {
  readonly kind: 'postgres';
  /** A name, an address, or the directory of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password?: SecretReference;
  /** Absent: the connection is not encrypted. */
  readonly tls?: SinkTlsSettings;
  /** See `SINK_TABLE`. */
  readonly table: string;
  /** How much time a partition holds. Cannot be changed for a table that is there. */
  readonly partition: (typeof SINK_PARTITIONS)[number];
}

/** How a client shows NATS who it is. `creds` leads to the text of a `.creds` file. */
export type NatsCredentialSettings =
  | { readonly kind: 'password'; readonly user: string; readonly password: SecretReference }
  | { readonly kind: 'token'; readonly token: SecretReference }
  | { readonly kind: 'creds'; readonly creds: SecretReference };

/** Messages of a JetStream stream. */
export interface NatsSinkSettings extends NamedSettings {
  readonly kind: 'nats';
  /** `HOST:PORT` each. */
  readonly servers: readonly string[];
  readonly subject: string;
  /** The stream that must take the messages. */
  readonly stream: string;
  /** Makes the stream where it is missing. */
  readonly createStream: boolean;
  readonly credentials?: NatsCredentialSettings;
  readonly tls?: SinkTlsSettings;
}

/** Log records of an OpenTelemetry receiver, by OTLP over HTTP in JSON. */
export interface OtlpSinkSettings extends NamedSettings {
  readonly kind: 'otlp';
  /** Where logs are taken, mostly `https://HOST:4318/v1/logs`. */
  readonly url: string;
  /** Sent with every request; their values are secrets. */
  readonly headers?: Readonly<Record<string, SecretReference>>;
  readonly tls?: SinkTlsSettings;
  /** Attributes of the resource beside `service.name`. */
  readonly resource?: Readonly<Record<string, string>>;
}

/** A sink as it is configured: secrets are named, and not read yet. */
export type SinkSettings =
  StdoutSinkSettings | PostgresSinkSettings | NatsSinkSettings | OtlpSinkSettings;
