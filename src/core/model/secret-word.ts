/** What looks like the key of a well-known service or a signed token, wherever it stands in a text. */
export const SECRET_WORD =
  /\b(?:sk|pk|rk|gsk|xai|ghp|gho|xoxb|xoxp|AKIA|AIza)[-_A-Za-z0-9]{12,}|\beyJ[-_A-Za-z0-9]{10,}\.[-_A-Za-z0-9]+/;

const SECRET_PART = /PRIVATE KEY|\bbearer\s/i;

/** True if a text may hold a secret. */
export function looksSecret(text: string): boolean {
  return SECRET_WORD.test(text) || SECRET_PART.test(text);
}
