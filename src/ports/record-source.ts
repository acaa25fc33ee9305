import type { SinkRecord } from './record-sink';

/** The lines of a trail, for whoever sends them on. */
export interface RecordSource {
  /** The number of the last record; 0: there is none. */
  readonly head: number;
  /** At most `max` records from this number on, ascending; empty: there is none yet. Rejects where they cannot be read. */
  readFrom(sequence: number, max: number): Promise<readonly SinkRecord[]>;
  /** Calls after records were added, at least once for several of them; answers with what ends that. */
  onAppended(listener: () => void): () => void;
}
