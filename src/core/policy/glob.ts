/**
 * True if the text matches the pattern, in which `*` stands for any characters. Greedy with one point of
 * return, so the cost is at most the product of the lengths and never exponential.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let position = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (pattern[position] === '*') {
      star = position++;
      resume = at;
    } else if (pattern[position] === text[at]) {
      position++;
      at++;
    } else if (star >= 0) {
      position = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[position] === '*') position++;
  return position === pattern.length;
}
