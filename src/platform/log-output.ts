import { SonicBoom } from 'sonic-boom';

/** Bytes of log lines that are written at once, and the milliseconds after which fewer are. */
const BATCH_BYTES = 8 * 1024;
const FLUSH_EVERY_MS = 50;

/** Bytes of log lines that wait for a slow reader; beyond it lines are dropped, and decisions never wait. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/** Milliseconds that the last lines have to be written in. */
const LAST_FLUSH_MS = 500;

/** Where a log's lines go. Neither a full disk nor a reader that is gone ever stops the service. */
export interface LogOutput {
  write(line: string): void;
  /** Settles when what was written has been taken, or cannot be for now. Never rejects. */
  flush(): Promise<void>;
  /** Lines that were dropped since the start, because nobody took them. */
  lostLines(): number;
  /** True from a failed or dropped line until one is taken again. */
  isFailing(): boolean;
}

/** Creates an output to a file descriptor. */
export function createLogOutput(fd: number): LogOutput {
  const stream = new SonicBoom({
    fd,
    sync: false,
    minLength: BATCH_BYTES,
    periodicFlush: FLUSH_EVERY_MS,
    maxLength: MAX_WAITING_BYTES,
  });
  let failing = false;
  // There is nowhere else to say that a log cannot be written; it is tried again with the next lines.
  stream.on('error', () => {
    failing = true;
  });
  stream.on('write', () => {
    failing = false;
  });
  let lost = 0;
  stream.on('drop', () => {
    lost += 1;
    failing = true;
  });
  return {
    lostLines: () => lost,
    isFailing: () => failing,
    write: (line) => void stream.write(line),
    flush: () => Promise.race([writeAll(stream), lateFlush()]),
  };
}

/** The library calls a flush done once a write that was under way is, whatever came after it: then it is asked again. */
async function writeAll(stream: SonicBoom): Promise<void> {
  let isWriting = true;
  while (isWriting) {
    isWriting = false;
    const onWrite = (bytes: number): void => {
      isWriting ||= bytes > 0;
    };
    stream.on('write', onWrite);
    await new Promise<void>((resolve) => {
      stream.flush(() => {
        resolve();
      });
    });
    stream.removeListener('write', onWrite);
  }
}

function lateFlush(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LAST_FLUSH_MS).unref();
  });
}
