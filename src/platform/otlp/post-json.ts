import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { SecureContextOptions } from 'node:tls';

/** Where a receiver of OTLP mostly takes log records. */
export const LOGS_PATH = '/v1/logs';

/** Where it mostly takes spans. */
export const TRACES_PATH = '/v1/traces';

/** Bytes of an answer that are read; one that is longer is none. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** The content type of JSON, with parameters or without. */
const JSON_TYPE = /^application\/json[ \t]*(?:;|$)/iu;

/** One connection, since one request is under way at a time. */
const AGENT_OPTIONS = { keepAlive: true, maxSockets: 1 } as const;

/** Where requests of OTLP go. */
export interface OtlpReceiver {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** PEM texts; what is absent is the system's, or none. */
  readonly tls?: Pick<SecureContextOptions, 'ca' | 'cert' | 'key'>;
}

/** Posts requests of OTLP in JSON over one connection. */
export interface OtlpPost {
  /** Gives the text of an answer with status 200 that says to be JSON; rejects otherwise. */
  post(body: string, signal: AbortSignal): Promise<string>;
  /** Frees the connection at once. */
  end(): void;
}

/** Throws for what is no URL of HTTP, and for one with a part for credentials, which would be shown. */
export function createOtlpPost({ url: text, headers, tls }: OtlpReceiver, path: string): OtlpPost {
  const problem = problemOfUrl(text, path);
  if (problem !== undefined) throw new Error(problem);
  const url = new URL(text);
  const isTls = url.protocol === 'https:';
  const agent = isTls ? new HttpsAgent({ ...AGENT_OPTIONS, ...tls }) : new HttpAgent(AGENT_OPTIONS);
  const all = { ...headers, 'content-type': 'application/json' };
  return {
    post: async (body, signal) => {
      const answer = await send(url, { method: 'POST', agent, signal, headers: all }, body);
      const said = await readAnswer(answer);
      if (answer.statusCode !== 200) {
        throw new Error(`it answered with status ${String(answer.statusCode)}`);
      }
      // A receiver answers in the encoding that it was asked in; whatever does not is none.
      if (JSON_TYPE.test(answer.headers['content-type'] ?? '')) return said;
      throw new Error('it answered without the content type of JSON, as no receiver of OTLP does');
    },
    end: () => {
      agent.destroy();
    },
  };
}

/** Why a text is no address of a receiver; undefined: it is one. `path` is where mostly is received. */
export function problemOfUrl(text: string, path: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    return `the address of an OTLP receiver is \`http://\` or \`https://\` with a path, mostly \`${path}\``;
  }
  if (url.username === '' && url.password === '') return undefined;
  return 'the address of an OTLP receiver holds credentials; use a header for them';
}

function send(url: URL, options: RequestOptions, body: string): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(url, options, resolve).once('error', reject);
    // A receiver that switches protocols gives neither an answer nor an error, and nothing comes any more.
    sent.once('close', () => {
      reject(new Error('it closed the connection without an answer'));
    });
    sent.end(body);
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
