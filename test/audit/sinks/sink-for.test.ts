import type { SinkConfig } from '../../../src/audit/sinks/sink-config';
import { sinkFor } from '../../../src/audit/sinks/sink-for';

const nats = (server: string): SinkConfig => ({
  ...{ kind: 'nats', name: 'a', servers: [server], subject: 's', stream: 'S', createStream: false },
});

const postgres = (table: string): SinkConfig => ({
  ...{ kind: 'postgres', name: 'a', host: 'h', port: 1, database: 'd', user: 'u', table },
  partition: 'day',
});

const otlp = (url: string): SinkConfig => ({ kind: 'otlp', name: 'a', url });

describe('a sink that cannot be', () => {
  it.each([
    [otlp('nonsense'), /^the address of an OTLP receiver is /u],
    [otlp('ftp://a/'), /^the address of an OTLP receiver is /u],
    [otlp('http://u:s3cret@a/'), /holds credentials; use a header/u],
    [nats('u:s3cret@a:4222'), /credentials stand beside it/u],
    [postgres('a; DROP TABLE b'), /^the table `a; DROP TABLE b` is no `TABLE`/u],
    [postgres('a.b.c'), /^the table `a.b.c` is no `TABLE`/u],
    [postgres('a'.repeat(41)), /is no `TABLE`/u],
  ])('is refused before it connects, without a secret: %#', (config, message) => {
    expect(() => sinkFor(config)).toThrow(message);
    expect(() => sinkFor(config)).not.toThrow(/s3cret/u);
  });

  it.each([otlp('https://a/v1/logs'), nats('a:4222'), postgres('audit.decisions')])(
    'is none of these: %#',
    async (config) => {
      const sink = sinkFor(config);
      expect(sink.name).toBe('a');
      await sink.close();
    },
  );
});
