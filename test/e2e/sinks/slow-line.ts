import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a server of this machine that takes only so much a second. */
export interface SlowLine {
  readonly port: number;
  /** Bytes that it has passed on to the server so far. */
  passed(): number;
  /** From now on it is as fast as it can be. */
  lift(): void;
  close(): Promise<void>;
}

const MS_PER_SECOND = 1000;

/** Bytes that all connections together may send, at a time that comes later the more they send. */
class Throttle {
  passed = 0;
  private readonly lifted: Promise<void>;
  private lift: () => void = () => undefined;
  private freeAtMs = 0;
  private isLifted = false;
  private readonly bytesPerSecond: number;

  constructor(bytesPerSecond: number) {
    this.bytesPerSecond = bytesPerSecond;
    this.lifted = new Promise((resolve) => (this.lift = resolve));
  }

  /** Resolves once so many bytes would have passed. */
  async pass(bytes: number): Promise<void> {
    const nowMs = performance.now();
    const takesMs = (bytes / this.bytesPerSecond) * MS_PER_SECOND;
    this.freeAtMs = Math.max(nowMs, this.freeAtMs) + takesMs;
    if (!this.isLifted) await Promise.race([this.lifted, pause(this.freeAtMs - nowMs)]);
    this.passed += bytes;
  }

  end(): void {
    this.isLifted = true;
    this.lift();
  }
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });

/** Starts one; what the server answers is not slowed. */
export async function startSlowLine(to: number, bytesPerSecond: number): Promise<SlowLine> {
  const throttle = new Throttle(bytesPerSecond);
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(to, '127.0.0.1');
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    upstream.pipe(client);
    void passOn(client, upstream, throttle);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    passed: () => throttle.passed,
    lift: () => {
      throttle.end();
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Reads no more before what it has read is passed on, so that the sender has to wait. */
async function passOn(client: Socket, upstream: Socket, throttle: Throttle): Promise<void> {
  try {
    for await (const chunk of client as AsyncIterable<Buffer>) {
      await throttle.pass(chunk.length);
      upstream.write(chunk);
    }
    upstream.end();
  } catch {
    // One of both ends has gone, which the other is told by its own `close`.
  }
}
