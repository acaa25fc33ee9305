import type { OpenedSinks } from '../../ports/opened-sinks';
import type { SinkReports, SinkState } from '../../ports/sink-reports';
import type { Timers } from '../../ports/timers';
import type { Trail } from '../../ports/trail';
import type { TrailReader } from '../../ports/trail-files';
import type { AppendSignal } from './append-signal';
import { startSinkFeed } from './sink-feed';
import { createTrailSource } from './trail-source';

/** What sinks are fed from, and with. */
export interface StartSinksParts {
  readonly opened: OpenedSinks;
  readonly trail: Pick<Trail, 'head'>;
  readonly reader: TrailReader;
  /** Rung by the trail after each commit. */
  readonly appended: Pick<AppendSignal, 'onAppended'>;
  readonly reports: SinkReports;
  readonly timers: Timers;
  /** A number in [0, 1). */
  readonly random: () => number;
}

/** All sinks of a trail at work. */
export interface RunningSinks {
  states(): readonly SinkState[];
  /** Delivers what the trail has, within a bounded time. Never rejects. */
  close(): Promise<void>;
}

/** Starts a feed for each sink. All of them read through one source. */
export function startSinks(parts: StartSinksParts): RunningSinks {
  const { opened, trail, reader, appended, reports, timers, random } = parts;
  const { sinks, cursors, id } = opened;
  const source = createTrailSource({ trail, reader, id, appended });
  const feeds = sinks.map((sink) =>
    startSinkFeed({ sink, source, cursors, reports, timers, random }),
  );
  return {
    states: () => feeds.map((feed) => feed.state()),
    close: async () => {
      await Promise.all(feeds.map((feed) => feed.close()));
    },
  };
}
