/** Who gains and who loses which target by a new bundle. */
export type AccessChange =
  | {
      readonly known: true;
      readonly wider: boolean;
      readonly narrower: boolean;
      readonly changes: readonly ScopesChange[];
      /** How many changes are not shown. Absent: none. */
      readonly omitted_changes?: number;
      /** Why `wider: false` is no proof. */
      readonly unproven: readonly string[];
    }
  | { readonly known: false; readonly why: NotKnown };

/**
 * Why nobody knows: there was no bundle before; comparing takes too long or too much memory; or nobody compared them,
 * because newer ones came, the service ended, or it failed.
 */
export type NotKnown = 'first_bundle' | 'too_large_to_compare' | 'not_compared';

/** What the same scopes gain and lose. */
export interface ScopesChange {
  /** `tenant=acme, team=research`. */
  readonly scopes: readonly string[];
  readonly gains: readonly string[];
  readonly loses: readonly string[];
  /** True: there are more scopes or targets than are named. */
  readonly is_cut: boolean;
}

/** A bundle as the archive keeps it: its digest, and the text from which it can be loaded again. */
export interface StoredText {
  readonly digest: string;
  readonly text: string;
}

/** The bundle that decided, the one that decides now, and since when, in milliseconds since the epoch. */
export interface ComparedPair {
  readonly old: StoredText;
  readonly new: StoredText;
  readonly atMs: number;
}

/**
 * Compares two bundles where that keeps no decision waiting, in bounded time and memory. Rejects only on a defect.
 * Texts and no bundles are given, because they reach another thread.
 */
export type CompareBundles = (pair: ComparedPair) => Promise<AccessChange>;
