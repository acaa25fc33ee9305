/** Instants in milliseconds: from the first on, and before the second. Absent: without end. */
export interface Window {
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** True if the instant lies in the window. */
export function isWithin(atMs: number, { fromMs = -Infinity, toMs = Infinity }: Window): boolean {
  return atMs >= fromMs && atMs < toMs;
}
