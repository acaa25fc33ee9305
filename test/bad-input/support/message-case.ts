import type { Case } from './matrix';

/** The methods that take a message. */
export type Method = 'decide' | 'stream' | 'list' | 'status' | 'catalog' | 'explain' | 'check';

/** A message and the method that it is sent to. */
export interface MessageCase extends Case {
  readonly method: Method;
  readonly bytes: Uint8Array | (() => Uint8Array);
}
