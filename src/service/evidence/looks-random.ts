/** Letters and digits without a break, as keys have them and no name. */
const RUN = /[A-Za-z0-9]{32}/;

/** An id of many systems: random, but given out to be written down. */
const UUID = /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi;

/** Where capitals, small letters and digits follow each other; a word that begins with a capital is none such place. */
const CHANGE = /[a-z](?=[A-Z\d])|\d(?=[A-Za-z])|[A-Z](?=\d)|[A-Z](?=[A-Z][a-z])/g;

/** Names of models have up to eight such places; 40 random characters of base64 have 19, give or take 3. */
const MANY_CHANGES = 9;

/** True if a text may be a key: something random runs on in it, or goes on between signs such as `/` and `+`. */
export function looksRandom(text: string): boolean {
  if (RUN.test(text)) return true;
  return (text.replace(UUID, '').match(CHANGE)?.length ?? 0) >= MANY_CHANGES;
}
