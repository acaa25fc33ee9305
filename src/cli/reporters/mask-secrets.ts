/** Keys whose value is a secret in some dialect; a reference such as `secret_key_ref` is none. */
const SECRET_LINE =
  /^(\s*(?:- *)?["']?(?:[\w-]*[_-])?(?:api[_-]?keys?|tokens?|secrets?|passwords?|passwd|authorization)["']?\s*:\s*)(\S.*)$/i;

/** Texts that look like the keys of well-known services, wherever they stand. */
const SECRET_WORD = /\b(?:sk|pk|rk|gsk|xai|ghp|gho|xoxb|xoxp|AKIA|AIza)[-_A-Za-z0-9]{12,}/g;

/** The line with secrets starred out, as long as before, so that columns stay where they are. */
export function maskSecrets(line: string): string {
  return line
    .replace(SECRET_LINE, (_, key: string, value: string) => key + starsFor(value))
    .replace(SECRET_WORD, starsFor);
}

function starsFor(text: string): string {
  return '*'.repeat(text.length);
}
