/** Characters of one text of a reason: a few lines on a terminal, and 512 candidates still fit one message. */
export const MAX_TEXT_CHARACTERS = 300;

/** The text, or its beginning with an ellipsis; never half a surrogate pair, which no encoding can carry. */
export function shorten(text: string): string {
  if (text.length <= MAX_TEXT_CHARACTERS) return text;
  return `${text.slice(0, MAX_TEXT_CHARACTERS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
