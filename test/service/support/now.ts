import type { Soon } from '../../../src/service/soon';

/** A value that must be there already. */
export function now<T>(soon: Soon<T>): T {
  if (soon instanceof Promise) throw new Error('it comes later');
  return soon;
}
