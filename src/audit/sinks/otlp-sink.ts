import { rejectionIn } from '../../platform/otlp/partial-success';
import { createOtlpPost, LOGS_PATH } from '../../platform/otlp/post-json';
import type { OtlpPost } from '../../platform/otlp/post-json';
import type { RecordSink, SinkRecord } from '../../ports/record-sink';
import { createSink } from './create-sink';
import type { SinkDriver } from './create-sink';
import { otlpRequest } from './otlp-request';
import type { OtlpSinkConfig } from './sink-config';

/**
 * Records as log records of an OpenTelemetry receiver. Whatever is not taken in full is sent again in full. Throws for
 * what is no URL of HTTP, and for one with a part for credentials, which would be shown.
 */
export function createOtlpSink(config: OtlpSinkConfig): RecordSink {
  const { name, headers = {}, tls } = config;
  const secrets = [...Object.values(headers).flatMap(secretsInHeader), tls?.key ?? ''];
  return createSink({ name, secrets, createDriver: () => new OtlpDriver(config) });
}

/** A value, and what stands behind its scheme: `Bearer SECRET`. */
const secretsInHeader = (value: string): readonly string[] => [value, ...value.split(' ').slice(1)];

class OtlpDriver implements SinkDriver {
  private readonly resource: Readonly<Record<string, string>>;
  private readonly receiver: OtlpPost;

  constructor(config: OtlpSinkConfig) {
    this.resource = config.resource ?? {};
    this.receiver = createOtlpPost(config, LOGS_PATH);
  }

  async send(batch: readonly SinkRecord[], signal: AbortSignal): Promise<void> {
    const text = await this.receiver.post(otlpRequest(batch, this.resource), signal);
    const rejection = rejectionIn(text, 'rejectedLogRecords');
    if (rejection === undefined) return;
    const { count, reason } = rejection;
    throw new Error(`it rejected ${String(count)} of the records: ${reason}`);
  }

  end(): void {
    this.receiver.end();
  }
}
