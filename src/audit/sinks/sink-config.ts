/** What every sink has. */
interface NamedSink {
  /** Names it in cursors, metrics and logs: lower-case letters, digits and hyphens. */
  readonly name: string;
}

/** TLS to a server. All texts are PEM. */
export interface SinkTls {
  /** The authorities that the server's certificate must be of; those that Node knows where it is absent. */
  readonly ca?: string;
  /** What the client shows, and its private key. */
  readonly cert?: string;
  readonly key?: string;
}

/** Lines on an output of the process. */
export interface StdoutSinkConfig extends NamedSink {
  readonly kind: 'stdout';
  /** The file descriptor; 1 where it is absent. */
  readonly fd?: number;
}

/** Rows of a table in PostgreSQL. */
export interface PostgresSinkConfig extends NamedSink {
  readonly kind: 'postgres';
  /** A name, an address, or the directory of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password?: string;
  /** Absent: the connection is not encrypted. */
  readonly tls?: SinkTls;
  /** `TABLE` or `SCHEMA.TABLE`, in lower-case letters, digits and underscores. */
  readonly table: string;
  /** How much time a partition holds. Cannot be changed for a table that is there. */
  readonly partition: 'day' | 'month';
}

/** How a client shows NATS who it is. */
export type NatsCredentials =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string }
  /** The text of a `.creds` file. */
  | { readonly kind: 'creds'; readonly text: string };

/** Messages of a JetStream stream. */
export interface NatsSinkConfig extends NamedSink {
  readonly kind: 'nats';
  /** `HOST:PORT` each. */
  readonly servers: readonly string[];
  readonly subject: string;
  /** The stream that must take the messages. */
  readonly stream: string;
  /** Makes the stream where it is missing. */
  readonly createStream: boolean;
  readonly credentials?: NatsCredentials;
  readonly tls?: SinkTls;
}

/** Log records of an OpenTelemetry receiver, by OTLP over HTTP in JSON. */
export interface OtlpSinkConfig extends NamedSink {
  readonly kind: 'otlp';
  /** Where logs are taken, mostly `https://HOST:4318/v1/logs`. */
  readonly url: string;
  /** Sent with every request; their values are secrets. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly tls?: SinkTls;
  /** Attributes of the resource beside `service.name`. */
  readonly resource?: Readonly<Record<string, string>>;
}

/** A sink and where it leads. Secrets are values here, read from wherever they are kept. */
export type SinkConfig = StdoutSinkConfig | PostgresSinkConfig | NatsSinkConfig | OtlpSinkConfig;
