import type { SinkSettings } from './sink-settings';
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

/** Opens the sinks of a trail. `problem` says in words, without secrets, why none was opened. Servers need not be there yet. */
export type OpenSinks = (wanted: {
  readonly settings: readonly SinkSettings[];
  /** That of the trail. */
  readonly directory: string;
  /** The trail has no line yet. */
  readonly isEmpty: boolean;
}) => Promise<{ readonly opened: OpenedSinks } | { readonly problem: string }>;
