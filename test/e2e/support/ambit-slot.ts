import { startAmbit, type AmbitOptions } from './ambit';
import type { Child } from './child';

/** How an Ambit is started, besides with its policy. */
type AmbitWays = Partial<Pick<AmbitOptions, 'socketFile' | 'settings' | 'nodeFlags'>>;

/** The place beside Envoy where one Ambit runs, or none. */
export interface AmbitSlot {
  /** Everything that the Ambit that runs has printed. */
  ambitOutput(): string;
  /** Stops the Ambit that runs, if any, and starts one with this policy, by default on the same socket. */
  useAmbit(policyFile: string, ways?: AmbitWays): Promise<void>;
  signalAmbit(signal: 'SIGUSR2'): void;
  stopAmbit(): Promise<void>;
  /** Ends Ambit as a crash would: without warning, and its socket file stays behind. */
  killAmbit(): Promise<void>;
  /** Lets Ambit hang: it takes connections and answers nothing. Stopping it, or starting another one, ends that. */
  hangAmbit(): Promise<void>;
}

/** An empty one; `socketFile` is where Envoy looks for Ambit, and `directory` takes the output. */
export function createAmbitSlot(directory: string, socketFile: string): AmbitSlot {
  let ambit: Child | undefined;
  const takeOut = (): Child | undefined => {
    const running = ambit;
    ambit = undefined;
    return running;
  };
  const stopAmbit = async (): Promise<void> => {
    const running = takeOut();
    if (running === undefined) return;
    running.signal('SIGCONT');
    const code = await running.stop('SIGTERM');
    if (code !== 0) throw new Error(`ambit ended with ${String(code)}: ${running.output()}`);
  };
  return {
    ambitOutput: () => ambit?.output() ?? '',
    stopAmbit,
    killAmbit: async () => {
      await takeOut()?.stop('SIGKILL');
    },
    hangAmbit: () => {
      ambit?.signal('SIGSTOP');
      return Promise.resolve();
    },
    useAmbit: async (policyFile, ways) => {
      await stopAmbit();
      ambit = await startAmbit({ policyFile, socketFile, directory, ...ways });
    },
    signalAmbit: (signal) => {
      ambit?.signal(signal);
    },
  };
}
