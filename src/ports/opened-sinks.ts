import type { RecordSink } from './record-sink';
import type { CursorStore } from './sink-cursors';

/** The sinks of one trail, ready to be fed. */
export interface OpenedSinks {
  /** They connect with their first delivery. */
  readonly sinks: readonly RecordSink[];
  readonly cursors: CursorStore;
  /** Names the trail in the ids of its lines. */
  readonly id: string;
}
