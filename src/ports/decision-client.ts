import type { AnswerDocument } from './wire-json';

/** Why there is no answer. `status` is the name of the gRPC status, such as `UNAVAILABLE`. */
export interface ClientFailure {
  /** `bad_request`: the text is no request, nothing was sent; `unreachable`; `refused`: the call failed. */
  readonly kind: 'bad_request' | 'unreachable' | 'refused';
  readonly status: string;
  /** Fit to show to a user. */
  readonly message: string;
}

/** An answer, or why there is none. A failure means that nothing is eligible. */
export type ClientResult<T> = { readonly answer: T } | { readonly failure: ClientFailure };

/** What the health service says of one service. */
export type HealthState = 'serving' | 'not_serving' | 'unknown_service';

/** A GetStatusResponse as JSON (lowerCamelCase). */
export type StatusDocument = Readonly<Record<string, unknown>>;

/** Asks a running Ambit. Nothing rejects: what goes wrong is a failure. */
export interface DecisionClient {
  /** `text` is a DecideRequest as JSON. */
  decide(text: string): Promise<ClientResult<AnswerDocument>>;
  /** `text` is a ListEligibleRequest as JSON (context, detail, minBundle); all pages are put together. */
  listEligible(text: string): Promise<ClientResult<AnswerDocument>>;
  /** `service` empty: the server as a whole. */
  health(service: string): Promise<ClientResult<HealthState>>;
  status(): Promise<ClientResult<StatusDocument>>;
  close(): void;
}

/** Where and how long to ask. */
export interface ClientTarget {
  /** `HOST:PORT` or `unix:/PATH`. */
  readonly address: string;
  readonly deadlineMs: number;
  /** Absent: plaintext. */
  readonly tls?: ClientTls;
}

/** How a client speaks TLS; texts in PEM. */
export interface ClientTls {
  /** The authorities that a server's certificate may be of. Absent: those that the runtime trusts. */
  readonly ca?: string;
  /** What the client shows. Absent: nothing. */
  readonly identity?: { readonly cert: string; readonly key: string };
  /** The name that the server's certificate must hold. Absent: the host of the address, `localhost` for a socket. */
  readonly serverName?: string;
}

/** Opens a client. What is wrong with the address, or with the texts for TLS, is a problem. */
export type ConnectClient = (
  target: ClientTarget,
) =>
  | { readonly client: DecisionClient }
  | { readonly problem: string; readonly part: 'address' | 'tls' };
