import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as OTLP's JSON has it. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly { readonly key: string; readonly value: unknown }[];
  readonly status: { readonly code?: number };
}

interface SpansRequest {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly ReceivedSpan[] }[];
  }[];
}

/** An HTTP server in the place of an OTLP receiver. */
export interface SpanReceiver {
  readonly endpoint: string;
  /** Everything that came, as it was sent. */
  readonly bodies: readonly string[];
  readonly spans: () => readonly ReceivedSpan[];
  close(): Promise<void>;
}

/** Starts a receiver; `answer` says what it does with a batch once it is read. */
export async function startSpanReceiver(
  answer: (response: ServerResponse) => void = (response) => response.end('{}'),
): Promise<SpanReceiver> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString());
      response.setHeader('content-type', 'application/json');
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${String(port)}/v1/traces`,
    bodies,
    spans: () => bodies.flatMap((body) => spansIn(JSON.parse(body) as SpansRequest)),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function spansIn({ resourceSpans }: SpansRequest): readonly ReceivedSpan[] {
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}
