import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';

import type { RecordSink, SinkRecord } from '../../ports/record-sink';
import { createSink } from './create-sink';
import type { SinkDriver } from './create-sink';
import { otlpRequest, problemInAnswer } from './otlp-request';
import type { OtlpSinkConfig } from './sink-config';

/** Bytes of an answer that are read; one that is longer is none. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** One connection, since one request is under way at a time. */
const AGENT_OPTIONS = { keepAlive: true, maxSockets: 1 } as const;

/**
 * Records as log records of an OpenTelemetry receiver. Whatever is not taken in full is sent again in full. Throws for
 * what is no URL of HTTP, and for one with a part for credentials, which would be shown.
 */
export function createOtlpSink(config: OtlpSinkConfig): RecordSink {
  const { name, headers = {}, tls } = config;
  const secrets = [...Object.values(headers).flatMap(secretsInHeader), tls?.key ?? ''];
  return createSink({ name, secrets, driver: new OtlpDriver(config) });
}

/** A value, and what stands behind its scheme: `Bearer SECRET`. */
const secretsInHeader = (value: string): readonly string[] => [value, ...value.split(' ').slice(1)];

class OtlpDriver implements SinkDriver {
  private readonly config: OtlpSinkConfig;
  private readonly url: URL;
  private readonly agent: HttpAgent;

  constructor(config: OtlpSinkConfig) {
    this.config = config;
    this.url = urlOf(config.url);
    const isTls = this.url.protocol === 'https:';
    this.agent = isTls
      ? new HttpsAgent({ ...AGENT_OPTIONS, ...config.tls })
      : new HttpAgent(AGENT_OPTIONS);
  }

  async send(batch: readonly SinkRecord[], signal: AbortSignal): Promise<void> {
    const { headers, resource = {} } = this.config;
    const options: RequestOptions = {
      method: 'POST',
      agent: this.agent,
      signal,
      headers: { ...headers, 'content-type': 'application/json' },
    };
    const answer = await post(this.url, options, otlpRequest(batch, resource));
    const text = await readAnswer(answer);
    if (answer.statusCode !== 200)
      throw new Error(`it answered with status ${String(answer.statusCode)}`);
    const problem = problemInAnswer(text);
    if (problem !== undefined) throw new Error(problem);
  }

  end(): void {
    this.agent.destroy();
  }
}

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new Error(
      'the address of an OTLP receiver is `http://` or `https://` with a path, mostly `/v1/logs`',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new Error('the address of an OTLP receiver holds credentials; use a header for them');
  }
  return url;
}

function post(url: URL, options: RequestOptions, body: string): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    request(url, options, resolve).once('error', reject).end(body);
  });
}

async function readAnswer(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) throw new Error('its answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
