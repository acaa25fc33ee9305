/** Where a line begins, or would begin if there were one. */
export interface LineStart {
  /** The name of the file in the trail's directory. */
  readonly file: string;
  /** Bytes. */
  readonly offset: number;
}

/** Places that are kept. One or two for each sink are enough; more are forgotten, the oldest first. */
const MAX_PLACES = 64;

/** Where the lines begin that are likely to be asked for next, by their numbers. */
export interface LinePlaces {
  placeOf(sequence: number): LineStart | undefined;
  keep(sequence: number, place: LineStart): void;
}

/** Creates one that knows nothing. */
export function createLinePlaces(): LinePlaces {
  const places = new Map<number, LineStart>();
  return {
    placeOf: (sequence) => places.get(sequence),
    keep: (sequence, place) => {
      // Put last: whoever asks again and again for the same one must not lose it to those who hurry on.
      places.delete(sequence);
      places.set(sequence, place);
      const [oldest] = places.keys();
      if (places.size > MAX_PLACES && oldest !== undefined) places.delete(oldest);
    },
  };
}
