import { join } from 'node:path';

import { makeDirectory } from '../../platform/make-directory';
import type { Environment } from '../../platform/secret';
import type { OpenSinks } from '../../ports/opened-sinks';
import type { RecordSink } from '../../ports/record-sink';
import { createFileCursors } from './file-cursors';
import { resolveSinks } from './resolve-sinks';
import { sinkFor } from './sink-for';
import { openTrailId } from './trail-id';

/** Where cursors and the trail's id are kept, beneath the trail's directory. */
export const SINKS = 'sinks';

/** Opens the sinks of a trail; secrets may be in the variables of the environment. */
export function createSinkOpener(environment: Environment): OpenSinks {
  return (wanted) => openSinks(wanted, environment);
}

async function openSinks(
  parts: Parameters<OpenSinks>[0],
  environment: Environment,
): ReturnType<OpenSinks> {
  const resolved = await resolveSinks(parts.settings, environment);
  if ('problem' in resolved) return resolved;
  const sinks: RecordSink[] = [];
  try {
    for (const config of resolved.configs) sinks.push(sinkFor(config));
    const directory = join(parts.directory, SINKS);
    await makeDirectory(directory);
    const id = await openTrailId(directory, parts.isEmpty);
    return { opened: { sinks, id, cursors: createFileCursors({ directory, trail: id }) } };
  } catch (error) {
    await Promise.all(sinks.map((sink) => sink.close()));
    return { problem: error instanceof Error ? error.message : 'sinks cannot be opened' };
  }
}
