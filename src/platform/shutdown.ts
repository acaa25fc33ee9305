/** Signals that ask the process to end. */
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Calls `stop` once at the first of the signals; returns what stops listening for them. */
export function onShutdownSignal(stop: (signal: string) => void): () => void {
  const listener = (signal: NodeJS.Signals): void => {
    release();
    stop(signal);
  };
  const release = (): void => {
    for (const signal of SIGNALS) process.removeListener(signal, listener);
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return release;
}
