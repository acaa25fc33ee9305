import type { SinkConfig } from '../../../src/audit/sinks/sink-config';
import type { Child } from '../support/child';

/** A record as it arrived: the text byte by byte. */
export interface ArrivedRecord {
  readonly id: string;
  readonly json: string;
}

/** A real server, and the sink that leads to it. */
export interface SinkRig {
  readonly config: SinkConfig;
  readonly server: {
    /** Ends it as a crash does. */
    readonly kill: () => Promise<void>;
    /** Starts it with what it had, and waits until it answers. */
    readonly start: () => Promise<void>;
    /** Makes it stand still, with its connections, and go on. */
    readonly signal: Child['signal'];
  };
  /** What is there, in the order in which it arrived. */
  readonly received: () => Promise<readonly ArrivedRecord[]>;
  /** Frees everything. */
  readonly stop: () => Promise<void>;
}

/** A kind of sink with what holds for it. */
export interface TestedSink {
  readonly name: string;
  /** Starts a server without records; the directory is empty. */
  readonly start: (directory: string) => Promise<SinkRig>;
  /** A record that is sent again is there once, without further ado. */
  readonly deduplicates: boolean;
  /** What is acknowledged outlives a crash of the server. */
  readonly survivesCrash: boolean;
  /** The same with a wrong secret, and what the failure says. Absent: it has none. */
  readonly withSecret?: (config: SinkConfig, secret: string) => SinkConfig;
  readonly refusal?: RegExp;
}

/** The right secret: what must never be seen. It has characters that URLs write in another way. */
export const SECRET = 'ri/ght s3cret:%&+';

/** What is left once everything that came before is passed over. */
export function withoutRepeats(records: readonly ArrivedRecord[]): readonly ArrivedRecord[] {
  const seen = new Set<string>();
  return records.filter(({ id }) => seen.size < seen.add(id).size);
}
