import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Events of the system about paths. They may be missing or too many: they only make looking earlier. */
export interface SystemWatch {
  /** Watches these paths and nothing else. */
  follow(paths: readonly string[]): void;
  close(): void;
}

/** Creates a watch that follows nothing yet. */
export function createSystemWatch(onEvent: () => void): SystemWatch {
  const watchers = new Map<string, FSWatcher>();
  const drop = (directory: string): void => {
    watchers.get(directory)?.close();
    watchers.delete(directory);
  };
  const add = (directory: string): void => {
    try {
      const watcher = watch(directory, { persistent: false }, onEvent);
      // A watched directory that goes away ends its watch; the next look follows what is there then.
      watcher.on('error', () => {
        drop(directory);
        onEvent();
      });
      watchers.set(directory, watcher);
    } catch {
      // Without events (no such directory, no watches left) the regular look still finds every change.
    }
  };
  return {
    follow: (paths) => {
      const wanted = new Set(paths.flatMap((path) => [resolve(path), dirname(resolve(path))]));
      for (const directory of watchers.keys()) if (!wanted.has(directory)) drop(directory);
      for (const directory of wanted) if (!watchers.has(directory)) add(directory);
    },
    close: () => {
      for (const directory of [...watchers.keys()]) drop(directory);
    },
  };
}
