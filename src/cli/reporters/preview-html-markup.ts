import { escapeText } from '../text';

/** Text that is HTML already. Only `html` and `verbatim` make it, so that no value becomes markup by being forgotten. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a template: text, which is escaped, or markup, which is not. */
export type Piece = string | number | Markup | readonly Markup[];

/** A template whose values are escaped, unless they are markup themselves. Its indentation is left out. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const [first = '', ...rest] = outdented(parts);
  return {
    markup: first + rest.map((part, index) => written(pieces[index] ?? '') + part).join(''),
  };
}

/** Templates without their indentation, which a large page would repeat thousands of times. */
const OUTDENTED = new WeakMap<TemplateStringsArray, readonly string[]>();

function outdented(parts: TemplateStringsArray): readonly string[] {
  const known = OUTDENTED.get(parts);
  if (known !== undefined) return known;
  const made = parts.map((part) => part.replace(/\n\s+/g, '\n'));
  OUTDENTED.set(parts, made);
  return made;
}

/** Nothing. */
export const NOTHING: Markup = { markup: '' };

/** A text of our own, such as a style sheet, as it is. It must hold no value of anybody else. */
export function verbatim(text: string): Markup {
  return { markup: text };
}

function written(piece: Piece): string {
  if (typeof piece === 'string') return escapeHtml(piece);
  if (typeof piece === 'number') return String(piece);
  return 'markup' in piece ? piece.markup : piece.map(({ markup }) => markup).join('\n');
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** What a browser acts on becomes an entity; what would hide or turn text around is spelt out, as on a terminal. */
function escapeHtml(text: string): string {
  return escapeText(text).replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? '');
}
