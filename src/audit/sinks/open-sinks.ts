import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Environment } from '../../platform/secret';
import type { OpenedSinks } from '../../ports/opened-sinks';
import type { RecordSink } from '../../ports/record-sink';
import type { SinkSettings } from '../../ports/sink-settings';
import { createFileCursors } from './file-cursors';
import { resolveSinks } from './resolve-sinks';
import { sinkFor } from './sink-for';
import { openTrailId } from './trail-id';

/** Where cursors and the trail's id are kept, beneath the trail's directory. */
const SINKS = 'sinks';

/** What sinks are opened with. */
export interface OpenSinksParts {
  readonly settings: readonly SinkSettings[];
  /** That of the trail. */
  readonly directory: string;
  /** The trail has no line yet. */
  readonly isEmpty: boolean;
  /** Where secrets may be. */
  readonly environment: Environment;
}

/** Opens the sinks of a trail, or says in words, without secrets, why none was opened. Servers need not be there yet. */
export async function openSinks(
  parts: OpenSinksParts,
): Promise<{ readonly opened: OpenedSinks } | { readonly problem: string }> {
  const resolved = await resolveSinks(parts.settings, parts.environment);
  if ('problem' in resolved) return resolved;
  const sinks: RecordSink[] = [];
  try {
    for (const config of resolved.configs) sinks.push(sinkFor(config));
    const directory = join(parts.directory, SINKS);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const id = await openTrailId(directory, parts.isEmpty);
    return { opened: { sinks, id, cursors: createFileCursors({ directory, trail: id }) } };
  } catch (error) {
    await Promise.all(sinks.map((sink) => sink.close()));
    return { problem: error instanceof Error ? error.message : 'sinks cannot be opened' };
  }
}
