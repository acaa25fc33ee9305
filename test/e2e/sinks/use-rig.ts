import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { SinkRig } from './rig';

/** Starts a server for all tests of a block, and frees it after them; ask for it in a test. */
export function useServer<T extends SinkRig>(start: (directory: string) => Promise<T>): () => T {
  let place: string;
  let rig: T;
  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'ambit-server-'));
    rig = await start(place);
  });
  afterAll(async () => {
    await rig.stop();
    rmSync(place, { recursive: true });
  });
  return () => rig;
}
