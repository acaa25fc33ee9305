/** Runs tasks one after the other. */
export type Serial = <T>(task: () => Promise<T>) => Promise<T>;

/** Creates a line to wait in. A task that fails does not keep the next one from running. */
export function createSerial(): Serial {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  };
}
