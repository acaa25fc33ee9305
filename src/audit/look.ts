import { join } from 'node:path';

import { errorCodeOf } from '../platform/error-code';
import type { Environment } from '../platform/secret';
import type { AuditProblem } from '../ports/audit-check';
import type { AuditLook, LookedAtTrail } from '../ports/audit-look';
import type { SinkSettings } from '../ports/sink-settings';
import type { TrailReader } from '../ports/trail-files';
import { BUNDLES } from './files/audit-store';
import { COUNTER } from './files/counter-file';
import { lookAtLock } from './files/directory-lock';
import { expectDirectory, expectFile } from './files/expect-files';
import { createTrailReader } from './files/trail-files';
import { SINKS } from './sinks/open-sinks';
import { resolveSinks } from './sinks/resolve-sinks';
import { keptTrailId } from './sinks/trail-id';

/** Creates what looks at directories of files, and at sinks, whose secrets may be in the environment. */
export function createAuditLook(environment: Environment): AuditLook {
  return {
    directory: lookAt,
    sinks: (settings) => lookAtSinks(settings, environment),
  };
}

async function lookAt(directory: string): Promise<LookedAtTrail> {
  const sinks = join(directory, SINKS);
  for (const each of [directory, join(directory, BUNDLES), sinks]) await expectDirectory(each);
  await expectFile(directory, COUNTER);
  const lock = await lookAtLock(directory);
  if (typeof lock !== 'string') throw new Error(lock.problem);
  return {
    reader: readerOf(directory),
    isHeld: lock === 'held',
    expectFile: (name) => expectFile(directory, name),
    expectId: async (isEmpty) => {
      await keptTrailId(sinks, isEmpty);
    },
  };
}

function readerOf(directory: string): TrailReader {
  const reader = createTrailReader(directory);
  return {
    ...reader,
    list: async () => {
      try {
        return await reader.list();
      } catch (error) {
        if (errorCodeOf(error) === 'ENOENT') return [];
        throw error;
      }
    },
  };
}

/** One at a time, so that each says what is wrong with it. */
async function lookAtSinks(
  sinks: readonly SinkSettings[],
  environment: Environment,
): Promise<readonly AuditProblem[]> {
  const problems: AuditProblem[] = [];
  for (const settings of sinks) {
    const read = await resolveSinks([settings], environment);
    if ('problem' in read) {
      problems.push({ part: { sink: settings.name }, problem: read.problem });
    }
  }
  return problems;
}
