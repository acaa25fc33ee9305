import { HopelessError, until } from '../../support/wait';

/** Waits for a condition; if something has gone wrong meanwhile, that is told at once, because it says more. */
export function untilRight(
  what: string,
  wrong: readonly string[],
  holds: () => boolean | Promise<boolean>,
): Promise<true> {
  return until(what, async () => {
    const [first] = wrong;
    if (first !== undefined) throw new HopelessError(first);
    return (await holds()) ? true : undefined;
  });
}
