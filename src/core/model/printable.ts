/** A text from outside without the characters that a terminal or a log acts on. */
export function printable(text: string): string {
  return text.replace(/\p{C}|[\u2028\u2029]/gu, '\uFFFD');
}
