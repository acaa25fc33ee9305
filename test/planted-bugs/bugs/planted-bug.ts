import type { Patch } from '../support/core-copy';

/** A mistake that somebody could make: the law that it breaks and the change of one file that makes it. */
export interface PlantedBug extends Patch {
  readonly name: string;
  readonly law: string;
}

/** One row: the law, the mistake, the file, what stands there and what would stand there instead. */
export const bug = (
  law: string,
  name: string,
  file: string,
  ...[original, replacement]: readonly [string, string]
): PlantedBug => ({ law, name, file, original, replacement });
