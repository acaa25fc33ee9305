import type { Schema } from './json-schema';

/** Years that have a 29 February: those that 4 divides, of full centuries those that 400 divides. */
const LEAP_YEAR = '(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)';

const LONG_MONTH = '(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])';
const SHORT_MONTH = '(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)';
const FEBRUARY = '02-(?:0[1-9]|1[0-9]|2[0-8])';

/** Days that the calendar has. */
const DAY = `(?:[0-9]{4}-(?:${LONG_MONTH}|${SHORT_MONTH}|${FEBRUARY})|${LEAP_YEAR}-02-29)`;

const HOUR_AND_MINUTE = '(?:[01][0-9]|2[0-3]):[0-5][0-9]';

/** Midnight may be written as the end of the day before. */
const TIME = String.raw`(?:${HOUR_AND_MINUTE}:[0-5][0-9](?:\.[0-9]{1,9})?|24:00:00(?:\.0{1,9})?)`;

/** A date, which is 00:00 UTC, or RFC 3339 with a zone. */
export const INSTANT: Schema = {
  type: 'string',
  description: 'A date (00:00 UTC), or a time of RFC 3339 with its zone.',
  pattern: `^${DAY}(?:[Tt]${TIME}(?:[Zz]|[+-]${HOUR_AND_MINUTE}))?$`,
  examples: ['2026-01-31', '2026-01-31T09:30:00Z', '2024-02-29T24:00:00+01:00'],
};
