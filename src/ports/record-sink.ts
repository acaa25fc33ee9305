/** A line of the trail, of any kind, on its way to a sink. */
export interface SinkRecord {
  /** Its number in the trail: from 1, without holes; a safe integer. */
  readonly sequence: number;
  /** `TRAIL:SEQUENCE`, the same whenever the line is sent: what receivers tell duplicates by. */
  readonly id: string;
  /** The whole line as the trail has it, byte by byte: JSON, without the line end. */
  readonly json: string;
}

/**
 * Where records go beside the trail. It is given batches in the order of the trail, one at a time, and may be given
 * again what it had before: after a failure nobody knows how much of a batch arrived.
 */
export interface RecordSink {
  /** Names it in cursors, metrics and logs: lower-case letters, digits and hyphens. */
  readonly name: string;
  /**
   * Resolves only once the whole batch is safe where it goes. Rejects otherwise, and soon after the signal; no message
   * holds a secret. The next batch is given only then.
   */
  deliver(batch: readonly SinkRecord[], signal: AbortSignal): Promise<void>;
  /** Ends a delivery that is under way, and frees everything. Nothing is delivered afterwards. Never rejects. */
  close(): Promise<void>;
}
