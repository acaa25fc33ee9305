import type { EligibleVerdict } from '../../core/model/decision';

/** What warn policies that gave way do not find met, as codes by the name of the target. */
export type Unmet = Readonly<Record<string, readonly string[]>>;

/** Codes that are named of one target: the first ones lead, and records stay short. */
const MAX_CODES = 8;

/** The codes of every target that may be used although not all is met, under the name that `nameOf` gives it. */
export function unmetOf(
  eligible: readonly EligibleVerdict[],
  nameOf: (verdict: EligibleVerdict) => string,
): Unmet {
  const lacking = eligible.filter(({ reasons }) => reasons.length > 0);
  return Object.fromEntries(
    lacking.map((verdict): [string, readonly string[]] => {
      const codes = new Set(verdict.reasons.map(({ code }) => code));
      return [nameOf(verdict), [...codes].slice(0, MAX_CODES)];
    }),
  );
}
