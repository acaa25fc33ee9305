import { setTimeout } from 'node:timers/promises';

import type { FileReader } from '../../ports/file-reader';
import type { PolicySource, SourceListener } from '../../ports/policy-source';
import { createRecordingReader, isUnchanged } from './recording-reader';
import type { ReadingRecord } from './recording-reader';
import { createChangeTimer } from './change-timer';
import { SETTLE_MS } from './limits';
import { createSystemWatch } from './system-watch';

/**
 * Policies from files. Changes are seen however they are made (written in place, renamed over, a directory or
 * its `..data` link swapped): the system's events make it fast, and reading everything once a second makes it
 * sure.
 */
export function createFileSource(reader: FileReader): PolicySource {
  let baseline: ReadingRecord | undefined;
  return {
    open: () => {
      const recording = createRecordingReader(reader);
      return {
        reader: recording.reader,
        isWhole: async () => {
          // Files that belong together are often written one after the other: only a quiet set is whole.
          await setTimeout(SETTLE_MS);
          if (!(await recording.isUntouched())) return false;
          // Times may be as coarse as several milliseconds: two writes within them leave the same mark.
          const record = recording.record();
          if (!(await isUnchanged(reader, record))) return false;
          baseline = record;
          return true;
        },
      };
    },
    watch: (listener) => {
      let closed = false;
      const look = async (): Promise<void> => {
        if (baseline === undefined) return;
        const unchanged = await isUnchanged(reader, baseline);
        // The watch may have ended while it looked, and then calls nobody.
        if (!closed) await tell(listener, unchanged);
      };
      const timer = createChangeTimer(async () => {
        await look();
        if (!closed) system.follow(pathsOf(baseline));
      });
      const system = createSystemWatch(timer.soon);
      system.follow(pathsOf(baseline));
      return {
        close: () => {
          closed = true;
          timer.close();
          system.close();
        },
      };
    },
  };
}

async function tell(listener: SourceListener, unchanged: boolean): Promise<void> {
  if (unchanged) listener.onUnchanged();
  else await listener.onChange();
}

function pathsOf(record: ReadingRecord | undefined): readonly string[] {
  return record === undefined ? [] : [...record.expansions.keys(), ...record.contents.keys()];
}
