import { startLab } from './lab';
import type { Lab } from './lab';
import { openServiceClient } from './service-client';
import type { ServiceClient } from './service-client';

/** Milliseconds after which the service is taken to hang. */
const HANG_MS = 10_000;

/** A service in a process of its own, and a client that stays connected all the time. */
export interface LabService {
  readonly lab: Lab;
  readonly address: string;
  readonly client: ServiceClient;
  /** Bytes that it held at most before anything bad came. */
  readonly groundBytes: number;
  /** The most that it held since, beyond that. */
  grownBytes(): Promise<number>;
  /** Fails unless the client is still served, and a new one, too. */
  expectServing(): Promise<void>;
  close(): void;
}

/** Starts a service, and asks it often enough that it is warm. */
export async function startLabService(): Promise<LabService> {
  const lab = startLab();
  const { addresses } = await lab.ask('serve', {});
  const [address = ''] = addresses;
  const client = openServiceClient(address);
  for (let ask = 0; ask < 500; ask += 1) await client.askGood();
  const { peakBytes: groundBytes } = await lab.ask('memory', {});
  return {
    lab,
    address,
    client,
    groundBytes,
    grownBytes: async () => (await lab.ask('memory', {})).peakBytes - groundBytes,
    expectServing: async () => {
      expect(await inTime(client.askGood())).toBe('OUTCOME_ALLOW');
      const other = openServiceClient(address);
      try {
        expect(await inTime(other.askGood())).toBe('OUTCOME_ALLOW');
      } finally {
        other.close();
      }
    },
    close: () => {
      client.close();
      lab.close();
    },
  };
}

/** What a promise gives, if it gives it before it is taken to hang. */
export async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`nothing came for ${String(HANG_MS)} ms`));
    }, HANG_MS);
  });
  try {
    return await Promise.race([promise, hung]);
  } finally {
    clearTimeout(timer);
  }
}
