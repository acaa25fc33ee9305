import { escapeText } from '../text';

/** The text as it is safe to show, cut to so many characters. */
export function clippedText(text: string, most: number): string {
  const shown = Array.from(escapeText(text));
  return shown.length <= most ? shown.join('') : `${shown.slice(0, most - 1).join('')}…`;
}
