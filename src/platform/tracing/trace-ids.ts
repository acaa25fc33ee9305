import { randomFillSync } from 'node:crypto';

const TRACE_BYTES = 16;
const SPAN_BYTES = 8;

/** Bytes that are drawn at once, so that an id costs no system call. */
const POOL_BYTES = 4096;

/** Makes the ids of traces and spans. */
export interface TraceIds {
  /** 32 digits, hexadecimal; never all zero. */
  traceId(): string;
  /** 16 digits of the same kind. */
  spanId(): string;
}

/** Ids of random bytes. */
export function createTraceIds(fill: (pool: Buffer) => void = randomFillSync): TraceIds {
  const pool = Buffer.alloc(POOL_BYTES);
  let used = POOL_BYTES;
  const take = (bytes: number): string => {
    if (used + bytes > POOL_BYTES) {
      fill(pool);
      used = 0;
    }
    used += bytes;
    const id = pool.toString('hex', used - bytes, used);
    // All zero means that there is none.
    return /[^0]/u.test(id) ? id : `${id.slice(1)}1`;
  };
  return { traceId: () => take(TRACE_BYTES), spanId: () => take(SPAN_BYTES) };
}

/** Hexadecimal digits at the end of a trace's id that its sampling is decided by: 52 bits, which a number holds exactly. */
const RANDOM_DIGITS = 13;

/** Whether a trace that begins here is kept: the same answer for the same id, and for every higher ratio. */
export function isKept(traceId: string, ratio: number): boolean {
  const random = Number.parseInt(traceId.slice(-RANDOM_DIGITS), 16);
  return random >= (1 - ratio) * 16 ** RANDOM_DIGITS;
}
