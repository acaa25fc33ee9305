/** How often a condition is looked at again, in milliseconds. */
const POLL_MS = 25;

/** How long a condition may take before the test is given up, in milliseconds. Far above what any of them needs. */
const GIVE_UP_MS = 120_000;

/** Thrown by a probe when what it looks for can no longer come. */
export class HopelessError extends Error {}

/**
 * Waits until `probe` returns something other than undefined, and returns that. A probe that throws counts as "not yet",
 * since what is waited for is mostly a server that does not answer at first; a HopelessError ends the wait at once. Throws, with
 * `what` and the last cause, when it takes too long (`giveUpMs`).
 */
export async function until<T>(
  what: string,
  probe: () => T | undefined | Promise<T | undefined>,
  giveUpMs = GIVE_UP_MS,
): Promise<T> {
  const giveUpAt = Date.now() + giveUpMs;
  let cause: unknown;
  do {
    try {
      const found = await probe();
      if (found !== undefined) return found;
    } catch (error) {
      if (error instanceof HopelessError) throw error;
      cause = error;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  } while (Date.now() < giveUpAt);
  throw new Error(`gave up waiting for ${what}`, { cause });
}
