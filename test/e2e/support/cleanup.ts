/** What has to be undone, in the order in which it was done. */
export interface Cleanup {
  /** Adds a step as soon as there is something to undo, so that a start that fails half way is undone too. */
  add(step: () => unknown): void;
  /** Undoes everything, the latest first. A step that fails does not keep the others from running. */
  run(): Promise<void>;
}

/** Creates an empty one. */
function createCleanup(): Cleanup {
  const steps: (() => unknown)[] = [];
  return {
    add: (step) => steps.push(step),
    run: async () => {
      const failures: unknown[] = [];
      for (const step of steps.splice(0).reverse()) {
        try {
          await step();
        } catch (failure) {
          failures.push(failure);
        }
      }
      if (failures.length > 0) {
        const texts = failures.map((failure) => String(failure));
        throw new Error(`cleaning up failed: ${texts.join('; ')}`, { cause: failures[0] });
      }
    },
  };
}

/** Runs `start`; if it fails, undoes what it did and throws its failure. */
export async function startOrUndo<T>(
  start: (cleanup: Cleanup) => Promise<T>,
): Promise<{ readonly started: T; readonly cleanup: Cleanup }> {
  const cleanup = createCleanup();
  try {
    return { started: await start(cleanup), cleanup };
  } catch (failure) {
    await cleanup.run();
    throw failure;
  }
}
