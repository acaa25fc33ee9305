import type { ConfigEdit } from './envoy-config';
import { startRig, type Rig } from './rig';

/**
 * Starts a rig before the tests of the file and closes it after them, also where `prepare` fails. The tests get it by
 * calling what is returned; where it did not start, they fail with that.
 */
export function useRig(
  options: {
    readonly edit?: ConfigEdit;
    readonly prepare?: (rig: Rig) => Promise<void>;
  } = {},
): () => Rig {
  let started: Rig | undefined;
  beforeAll(async () => {
    started = await startRig(options.edit);
    await options.prepare?.(started);
  });
  afterAll(() => started?.close());
  return () => {
    if (started === undefined) throw new Error('the rig did not start');
    return started;
  };
}
