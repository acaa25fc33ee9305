import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A receiver of OTLP that takes only so much a second. */
export interface SlowReceiver {
  /** Where logs are sent to. */
  readonly url: string;
  close(): void;
}

const MS_PER_SECOND = 1000;

/** Starts one that takes so many bytes a second from each connection, and believes whatever it is sent. */
export async function startSlowReceiver(bytesPerSecond: number): Promise<SlowReceiver> {
  const server = createServer((request, response) => {
    takeSlowly(request, bytesPerSecond).then(
      () => response.setHeader('content-type', 'application/json').end('{}'),
      // The service gave the delivery up, and comes again.
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/v1/logs`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Reads no more before the time of what it has read is over, so that the sender has to wait. */
async function takeSlowly(request: IncomingMessage, bytesPerSecond: number): Promise<void> {
  for await (const chunk of request as AsyncIterable<Buffer>) {
    const takesMs = (chunk.length / bytesPerSecond) * MS_PER_SECOND;
    await new Promise((resolve) => setTimeout(resolve, takesMs));
  }
}
