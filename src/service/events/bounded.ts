import { createCapture } from '../evidence/capture';

/** The first of a list, and how many more there are. An event points at what happened; it need not hold all of it. */
export interface Bounded<T> {
  readonly shown: readonly T[];
  /** Absent: all are shown. */
  readonly omitted?: number;
}

/** Cuts a list to so many. */
export function bounded<T>(list: readonly T[], most: number): Bounded<T> {
  const omitted = list.length - most;
  return omitted > 0 ? { shown: list.slice(0, most), omitted } : { shown: list };
}

/** A text of the configuration or of a file's name, or a mark where it is not fit for records. */
export function fitText(text: string): string {
  // Whether a bundle states a text matters for names only, and this is a line.
  return createCapture(() => false).line('', text);
}
