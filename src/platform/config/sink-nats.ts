import type { MapReader } from '../../dialects/yaml/reader';
import type { Located } from '../../dialects/yaml/source-text';
import {
  SINK_STREAM,
  SINK_SUBJECT,
  type NatsCredentialSettings,
  type NatsSinkSettings,
} from '../../ports/sink-settings';
import { parseAddress } from '../address';
import { readSecretReference } from './secret-reference';
import { checkPlaintextSink, readSinkTls, type SinkMap } from './sink-connection';

const SUBJECT = { pattern: SINK_SUBJECT, form: 'ASCII characters without spaces, `*` and `>`' };

const STREAM = { pattern: SINK_STREAM, form: 'letters, digits, `_` and `-`' };

/** Reads the keys of a sink of NATS. */
export function readNatsSink(sink: SinkMap): NatsSinkSettings | undefined {
  const { name, map } = sink;
  const servers = readServers(map);
  const subject = map.required('subject')?.text(SUBJECT);
  const stream = map.required('stream')?.text(STREAM);
  const createStream = map.boolean('create_stream')?.value ?? false;
  const credentials = readCredentials(sink);
  const tls = readSinkTls(sink);
  const hosts = servers?.map(({ host }) => host) ?? [];
  const at = servers?.[0]?.server ?? map.label;
  checkPlaintextSink(sink, { at, hosts, isPlain: !map.has('tls') });
  if (servers === undefined || subject === undefined || stream === undefined) return undefined;
  return {
    ...{ kind: 'nats', name, servers: servers.map(({ server }) => server.value) },
    ...{ subject: subject.value, stream: stream.value, createStream },
    ...(credentials === undefined ? {} : { credentials }),
    ...(tls === undefined ? {} : { tls }),
  };
}

interface Server {
  readonly server: Located<string>;
  readonly host: string;
}

function readServers(map: MapReader): readonly Server[] | undefined {
  const texts = map.required('servers')?.texts();
  return texts?.value.flatMap((server) => {
    const address = parseAddress(server.value);
    if (address?.kind === 'tcp' && !server.value.includes('@')) {
      return [{ server, host: address.host }];
    }
    // It may be a URL with a password, which is not repeated.
    map.report.error('invalid_text', server, 'a server of NATS is `HOST:PORT`', {
      help: 'write `HOST:PORT`; credentials stand in keys of their own',
    });
    return [];
  });
}

function readCredentials({ map, resolve }: SinkMap): NatsCredentialSettings | undefined {
  const stated = ['password', 'token', 'creds'].filter((key) => map.has(key));
  const user = map.text('user');
  const [password, token, creds] = ['password', 'token', 'creds'].map((key) =>
    readSecretReference(map.value(key), resolve),
  );
  if (stated.length > 1 || map.has('user') !== map.has('password')) {
    map.fail('contradiction', 'a client shows NATS one thing', {
      help: 'write `user` with `password`, `token`, or `creds`',
    });
    return undefined;
  }
  if (token !== undefined) return { kind: 'token', token };
  if (creds !== undefined) return { kind: 'creds', creds };
  if (user === undefined || password === undefined) return undefined;
  return { kind: 'password', user: user.value, password };
}
