import { startRig, type Rig, type RigOptions } from './rig';

/**
 * Starts a rig before the tests of the file, or of the block, and closes it after them, also where `prepare` fails. The tests get it by
 * calling what is returned; where it did not start, they fail with that.
 */
export function useRig(
  options: RigOptions & { readonly prepare?: (rig: Rig) => Promise<void> } = {},
): () => Rig {
  let started: Rig | undefined;
  beforeAll(async () => {
    started = await startRig(options);
    await options.prepare?.(started);
  });
  afterAll(() => started?.close());
  return () => {
    if (started === undefined) throw new Error('the rig did not start');
    return started;
  };
}
