import { isMoment, isText, listOf, objectOf, wordOf } from './json-shape';
import { RECORD_VERSION } from './recorded-decision';

/** Why answers were not given although their decisions are recorded, in words. */
export const WITHDRAWN_BECAUSE = {
  late: 'the record came later than anybody waits',
  overtaken: 'something else held by then',
} as const;

/** Why an answer was not given. */
export type WithdrawnBecause = keyof typeof WITHDRAWN_BECAUSE;

/** Decisions that stand in the trail, or are on their way to it, and that nobody was answered with. */
export interface Withdrawn {
  readonly why: WithdrawnBecause;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** Their ids; at least one. */
  readonly decisions: readonly string[];
}

/** The record of answers that were not given. */
export function withdrawnJson({ why, at, decisions }: Withdrawn): string {
  return JSON.stringify({ version: RECORD_VERSION, withdrawn: { why, at, decisions } });
}

const isWithdrawn = objectOf({
  version: wordOf([RECORD_VERSION]),
  withdrawn: objectOf({
    why: wordOf(Object.keys(WITHDRAWN_BECAUSE)),
    at: isMoment,
    decisions: listOf(isText),
  }),
});

/** Reads the record of answers that were not given; undefined for what is none, or of another version. */
export function readWithdrawn(value: unknown): Withdrawn | undefined {
  return isWithdrawn(value) ? (value as { readonly withdrawn: Withdrawn }).withdrawn : undefined;
}
