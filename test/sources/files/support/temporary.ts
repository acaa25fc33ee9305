import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory of the test's own, as it is called without links. */
export interface TemporaryDirectory {
  readonly path: string;
  /** The path of a name in it. */
  at(name: string): string;
  remove(): void;
}

/** Makes a directory; the test removes it. */
export function makeDirectory(): TemporaryDirectory {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'ambit-sources-')));
  return {
    path,
    at: (name) => join(path, name),
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}
