import type {
  NatsSinkSettings,
  OtlpSinkSettings,
  PostgresSinkSettings,
  StdoutSinkSettings,
} from '../../ports/sink-settings';

/** TLS to a server. All texts are PEM. */
export interface SinkTls {
  /** The authorities that the server's certificate must be of; those that Node knows where it is absent. */
  readonly ca?: string;
  /** What the client shows, and its private key. */
  readonly cert?: string;
  readonly key?: string;
}

/** Rows of a table in PostgreSQL. */
export interface PostgresSinkConfig extends Omit<PostgresSinkSettings, 'password' | 'tls'> {
  readonly password?: string;
  readonly tls?: SinkTls;
}

/** How a client shows NATS who it is. */
export type NatsCredentials =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string }
  /** The text of a `.creds` file. */
  | { readonly kind: 'creds'; readonly text: string };

/** Messages of a JetStream stream. */
export interface NatsSinkConfig extends Omit<NatsSinkSettings, 'credentials' | 'tls'> {
  readonly credentials?: NatsCredentials;
  readonly tls?: SinkTls;
}

/** Log records of an OpenTelemetry receiver. */
export interface OtlpSinkConfig extends Omit<OtlpSinkSettings, 'headers' | 'tls'> {
  /** Their values are secrets. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly tls?: SinkTls;
}

/** A sink and where it leads. Secrets are values here, read from wherever they are kept. */
export type SinkConfig = StdoutSinkSettings | PostgresSinkConfig | NatsSinkConfig | OtlpSinkConfig;
