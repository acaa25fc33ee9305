/** Characters of what somebody else said that a message repeats. */
const MAX_SAID_CHARS = 300;

/**
 * Why a sink could not deliver, in words that hold none of its secrets. What was thrown is not kept as the cause: it may
 * hold what a connection was opened with.
 */
export function failureOf(thrown: unknown, secrets: readonly string[]): Error {
  return new Error(withoutSecrets(textOf(thrown), secrets).slice(0, MAX_SAID_CHARS));
}

/** Replaces every secret, as it is and as it stands in a URL, the longest first: one may hold another. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .filter((secret) => secret !== '')
    .sort((left, right) => right.length - left.length)
    .reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}

/** What was thrown, as far as it can be read. */
interface Thrown {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly errors?: readonly unknown[];
}

/** A name that has several addresses fails with one error for each, and has no words of its own. */
function textOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return NO_REASON;
  const { message, code, errors = [] } = thrown as Thrown;
  if (typeof message === 'string' && message !== '') return message;
  if (errors.length > 0) return textOf(errors[0]);
  return typeof code === 'string' ? code : NO_REASON;
}

const NO_REASON = 'it failed without saying why';
