import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Environment } from '../../platform/secret';
import type { RecordSink } from '../../ports/record-sink';
import type { SinkReports } from '../../ports/sink-reports';
import type { SinkSettings } from '../../ports/sink-settings';
import type { Timers } from '../../ports/timers';
import type { Trail } from '../../ports/trail';
import type { TrailReader } from '../../ports/trail-files';
import type { AppendSignal } from '../../service/sinks/append-signal';
import { startSinkFeed, type SinkState } from '../../service/sinks/sink-feed';
import { createTrailSource } from '../../service/sinks/trail-source';
import { createFileCursors } from './file-cursors';
import { resolveSinks } from './resolve-sinks';
import { sinkFor } from './sink-for';
import { openTrailId } from './trail-id';

/** Where cursors and the trail's id are kept, beneath the trail's directory. */
const SINKS = 'sinks';

/** What sinks are started with. */
export interface StartSinksParts {
  readonly settings: readonly SinkSettings[];
  /** That of the trail. */
  readonly directory: string;
  readonly trail: Pick<Trail, 'head'>;
  readonly reader: TrailReader;
  /** Rung by the trail after each commit. */
  readonly appended: Pick<AppendSignal, 'onAppended'>;
  /** Where secrets may be. */
  readonly environment: Environment;
  readonly reports: SinkReports;
  readonly timers: Timers;
  /** A number in [0, 1). */
  readonly random: () => number;
}

/** All sinks of a trail at work. */
export interface RunningSinks {
  states(): readonly SinkState[];
  /** Delivers what the trail has, within a bounded time. Call it before the trail's files go away. Never rejects. */
  close(): Promise<void>;
}

/** Starts a feed for each sink, or says in words, without secrets, why none was started. Servers need not be there yet. */
export async function startSinks(
  parts: StartSinksParts,
): Promise<{ readonly sinks: RunningSinks } | { readonly problem: string }> {
  const resolved = await resolveSinks(parts.settings, parts.environment);
  if ('problem' in resolved) return resolved;
  const opened: RecordSink[] = [];
  try {
    for (const config of resolved.configs) opened.push(sinkFor(config));
    return { sinks: await startFeeds(parts, opened) };
  } catch (error) {
    await Promise.all(opened.map((sink) => sink.close()));
    return { problem: error instanceof Error ? error.message : 'sinks cannot be started' };
  }
}

async function startFeeds(
  parts: StartSinksParts,
  sinks: readonly RecordSink[],
): Promise<RunningSinks> {
  const { trail, reader, appended, reports, timers, random } = parts;
  const directory = join(parts.directory, SINKS);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const id = await openTrailId(directory, trail.head() === undefined);
  const cursors = createFileCursors({ directory, trail: id });
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
