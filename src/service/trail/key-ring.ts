/** Which public keys may sign what, while a trail is walked from its beginning. */
export interface KeyRing {
  /** Takes note of who signed the next seal. Undefined: it may. */
  admit(publicKey: string): 'unknown_key' | 'retired_key' | undefined;
  /** The key in force has named the one that follows it. */
  replace(nextKey: string): void;
  /** The key that signs what comes next; undefined before the first seal. */
  inForce(): string | undefined;
  /** True if both were in force, the later one not before the earlier one. */
  isInOrder(earlier: string, later: string): boolean;
}

/**
 * Creates the ring. Keys come into force by being named by the one before, or because they are trusted, and never
 * come back. `first` trusts whatever key a trail begins with, which proves nothing of where it comes from.
 */
export function createKeyRing(trusted: readonly string[] | 'first'): KeyRing {
  const inOrder: string[] = [];
  const isTrusted = (key: string): boolean =>
    trusted === 'first' ? inOrder.length === 0 : trusted.includes(key);
  return {
    admit: (key) => {
      if (key === inOrder.at(-1)) return undefined;
      if (inOrder.includes(key)) return 'retired_key';
      if (!isTrusted(key)) return 'unknown_key';
      inOrder.push(key);
      return undefined;
    },
    replace: (nextKey) => {
      if (!inOrder.includes(nextKey)) inOrder.push(nextKey);
    },
    inForce: () => inOrder.at(-1),
    isInOrder: (earlier, later) =>
      inOrder.includes(earlier) && inOrder.indexOf(later) >= inOrder.indexOf(earlier),
  };
}
