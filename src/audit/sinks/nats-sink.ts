import {
  jetstream,
  jetstreamManager,
  JetStreamApiCodes,
  JetStreamApiError,
} from '@nats-io/jetstream';
import type { JetStreamClient, PubAck } from '@nats-io/jetstream';
import { connect, credsAuthenticator, nanos } from '@nats-io/transport-node';
import type { NatsConnection, NodeConnectionOptions } from '@nats-io/transport-node';

import type { RecordSink, SinkRecord } from '../../ports/record-sink';
import { createSink } from './create-sink';
import type { SinkDriver } from './create-sink';
import type { NatsCredentials, NatsSinkConfig } from './sink-config';

/** How long a server may take to let a client in, and to answer a message. */
const ANSWER_MS = 10_000;

/** How often a silent server is asked whether it is there. */
const PING_MS = 10_000;

/**
 * How long a stream that is made here tells messages that it has: more than any wait between two attempts, and little
 * enough that a server can hold the ids.
 */
const DUPLICATE_WINDOW_MS = 10 * 60_000;

/**
 * Records as messages of a JetStream stream, with their ids in `Nats-Msg-Id`. Throws for a server with a part for
 * credentials, which would be shown.
 */
export function createNatsSink(config: NatsSinkConfig): RecordSink {
  if (config.servers.some((server) => server.includes('@'))) {
    throw new Error('a server of NATS is `HOST:PORT`; credentials stand beside it');
  }
  const secrets = [...secretsIn(config.credentials), config.tls?.key ?? ''];
  return createSink({ name: config.name, secrets, createDriver: () => new NatsDriver(config) });
}

function secretsIn(credentials: NatsCredentials | undefined): readonly string[] {
  switch (credentials?.kind) {
    case undefined:
      return [];
    case 'password':
      return [credentials.password];
    case 'token':
      return [credentials.token];
    case 'creds':
      // Each line alone is one: the token, and the seed.
      return credentials.text.split('\n').filter((line) => !line.startsWith('-'));
  }
}

interface Session {
  readonly connection: NatsConnection;
  readonly client: JetStreamClient;
}

class NatsDriver implements SinkDriver {
  private readonly config: NatsSinkConfig;
  private session: Session | undefined;

  constructor(config: NatsSinkConfig) {
    this.config = config;
  }

  async send(batch: readonly SinkRecord[], signal: AbortSignal): Promise<void> {
    try {
      const session = (this.session ??= await this.open());
      // A delivery that was given up while it connected must send nothing any more.
      if (signal.aborted) throw new Error('the delivery was given up');
      await this.publish(session.client, batch, signal);
    } catch (error) {
      // What still waits in a connection must not arrive behind what is sent again.
      this.end();
      throw error;
    }
  }

  end(): void {
    void this.session?.connection.close();
    this.session = undefined;
  }

  private async open(): Promise<Session> {
    const connection = await connect(connectionOptions(this.config));
    try {
      if (this.config.createStream) await this.makeStream(connection);
      return { connection, client: jetstream(connection, { timeout: ANSWER_MS }) };
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** Sends all, then waits for the answers: a message is there once the stream says so. */
  private async publish(
    client: JetStreamClient,
    batch: readonly SinkRecord[],
    signal: AbortSignal,
  ): Promise<void> {
    const { subject, stream: streamName } = this.config;
    const end = (): void => {
      this.end();
    };
    signal.addEventListener('abort', end, { once: true });
    try {
      // A message that is tried again alone would arrive behind those after it.
      const options = { expect: { streamName }, retries: 0, timeout: ANSWER_MS };
      const answers = await Promise.all(
        batch.map(({ id, json }) => client.publish(subject, json, { ...options, msgID: id })),
      );
      for (const answer of answers) checkAnswer(answer, streamName);
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  private async makeStream(connection: NatsConnection): Promise<void> {
    const { stream, subject } = this.config;
    const { streams } = await jetstreamManager(connection, { timeout: ANSWER_MS });
    try {
      await streams.info(stream);
    } catch (error) {
      if (!isMissing(error)) throw error;
      const duplicateWindow = nanos(DUPLICATE_WINDOW_MS);
      await streams.add({ name: stream, subjects: [subject], duplicate_window: duplicateWindow });
    }
  }
}

/** Whoever else listens to the subject can answer too, and first; only the stream's own answer says that it is kept. */
function checkAnswer({ stream, seq }: PubAck, expected: string): void {
  if (stream === expected && Number.isSafeInteger(seq) && seq > 0) return;
  throw new Error(
    `something else than the stream \`${expected}\` answered for it; nothing but streams may answer on the subject`,
  );
}

const isMissing = (error: unknown): boolean =>
  error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;

/** A connection that breaks is not mended: the next delivery opens another one, and knows what it has sent. */
function connectionOptions({ servers, credentials, tls }: NatsSinkConfig): NodeConnectionOptions {
  return {
    name: 'ambit',
    servers: [...servers],
    reconnect: false,
    timeout: ANSWER_MS,
    pingInterval: PING_MS,
    ...authentication(credentials),
    ...(tls === undefined ? {} : { tls: { ...tls } }),
  };
}

function authentication(credentials: NatsCredentials | undefined): NodeConnectionOptions {
  switch (credentials?.kind) {
    case undefined:
      return {};
    case 'password':
      return { user: credentials.user, pass: credentials.password };
    case 'token':
      return { token: credentials.token };
    case 'creds':
      return { authenticator: credsAuthenticator(new TextEncoder().encode(credentials.text)) };
  }
}
