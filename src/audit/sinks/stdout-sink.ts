import { write } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

import { errorCodeOf } from '../../platform/error-code';
import type { RecordSink, SinkRecord } from '../../ports/record-sink';
import type { StdoutSinkSettings } from '../../ports/sink-settings';
import { createSink } from './create-sink';
import type { SinkDriver } from './create-sink';

/** How long a reader that is behind is waited for before it is asked again, where the output does not wait by itself. */
const RETRY_MS = 10;

/**
 * Records as lines of an output. A line is there once the system took it; what reads it is not asked. Writing happens
 * beside everything else: with a reader that stands still, only this sink stands still.
 */
export function createStdoutSink({ name, fd = 1 }: StdoutSinkSettings): RecordSink {
  const createDriver = (): SinkDriver => new OutputDriver(fd);
  return createSink({ name, secrets: [], createDriver, isOnlyOne: true });
}

class OutputDriver implements SinkDriver {
  private readonly fd: number;
  /** A write failed in a line; what comes next begins another one. */
  private isTorn = false;

  constructor(fd: number) {
    this.fd = fd;
  }

  async send(batch: readonly SinkRecord[], signal: AbortSignal): Promise<void> {
    const start = this.isTorn ? '\n' : '';
    let rest = Buffer.from(start + batch.map(lineOf).join(''));
    while (rest.length > 0) {
      if (signal.aborted) throw new Error('the delivery was given up');
      const count = await writeSome(this.fd, rest);
      if (count > 0) this.isTorn = rest[count - 1] !== LINE_END;
      rest = rest.subarray(count);
    }
  }

  end(): void {
    // The output is the process's, which may have more to say.
  }
}

const LINE_END = 0x0a;

function lineOf({ id, sequence, json }: SinkRecord): string {
  return `{"log":"trail","id":${JSON.stringify(id)},"sequence":${String(sequence)},"line":${json}}\n`;
}

/** Writes what the output takes now, and says how many bytes that were; 0: its reader is behind. */
async function writeSome(fd: number, bytes: Buffer): Promise<number> {
  try {
    return await new Promise<number>((resolve, reject) => {
      write(fd, bytes, (error, count) => {
        if (error === null) resolve(count);
        else reject(error);
      });
    });
  } catch (error) {
    if (errorCodeOf(error) !== 'EAGAIN') throw error;
    await setTimeout(RETRY_MS);
    return 0;
  }
}
