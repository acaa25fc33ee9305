import type { RecordSink } from '../../ports/record-sink';
import { createNatsSink } from './nats-sink';
import { createOtlpSink } from './otlp-sink';
import { createPostgresSink } from './postgres-sink';
import type { SinkConfig } from './sink-config';
import { createStdoutSink } from './stdout-sink';

/** The sink that a configuration describes; it connects with its first delivery. Throws, in words, for one that cannot be. */
export function sinkFor(config: SinkConfig): RecordSink {
  switch (config.kind) {
    case 'stdout':
      return createStdoutSink(config);
    case 'postgres':
      return createPostgresSink(config);
    case 'nats':
      return createNatsSink(config);
    case 'otlp':
      return createOtlpSink(config);
  }
}
