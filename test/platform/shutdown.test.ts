import { onShutdownSignal } from '../../src/platform/shutdown';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

const counts = (): readonly number[] => SIGNALS.map((signal) => process.listenerCount(signal));

/** Tells our own listeners of a signal, as the system would. */
const signal = (name: (typeof SIGNALS)[number]): boolean => process.emit(name, name);

describe('a signal that asks the process to end', () => {
  it.each(SIGNALS)('is heard once: %s', (name) => {
    const before = counts();
    const heard: string[] = [];
    onShutdownSignal((each) => void heard.push(each));
    expect(counts()).toEqual(before.map((count) => count + 1));
    signal(name);
    expect(heard).toEqual([name]);
    // A second one ends the process as it would without us: nobody needs to wait for a drain.
    expect(counts()).toEqual(before);
  });

  it('is not heard after the release', () => {
    const before = counts();
    const heard: string[] = [];
    const release = onShutdownSignal((each) => void heard.push(each));
    release();
    release();
    expect(counts()).toEqual(before);
    expect(heard).toEqual([]);
  });

  it('is not listened for any more while the stop is under way', () => {
    const before = counts();
    let during: readonly number[] = [];
    onShutdownSignal(() => {
      during = counts();
    });
    signal('SIGTERM');
    expect(during).toEqual(before);
  });
});
