import { formatPosition, type SourcePosition } from '../../core/model/source-position';
import { html, NOTHING, type Markup } from './preview-html-markup';

/** How good something is; it chooses the colour, and a word always says the same. */
export type Tone = 'good' | 'fair' | 'bad' | 'off';

/** A word in a frame. */
export function badge(word: string, tone: Tone): Markup {
  return html`<span class="badge ${tone}">${word}</span>`;
}

/** A place in a file; nothing where there is none. */
export function place(position: SourcePosition | undefined): Markup {
  return position === undefined
    ? NOTHING
    : html`<span class="place">${formatPosition(position)}</span>`;
}

/** A table: its caption, the heads of its columns, and its rows. It can be scrolled by keyboard where it is wide. */
export function table(parts: {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly Markup[];
}): Markup {
  const heads = parts.heads.map((head) => html`<th scope="col">${head}</th>`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${parts.caption}">
    <table>
      <caption>
        ${parts.caption}
      </caption>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${parts.rows}
      </tbody>
    </table>
  </div>`;
}

/** Rows, or list entries, that a part of the page shows of those that there are. */
export function capped<T>(
  values: readonly T[],
  most: number,
): { readonly shown: readonly T[]; readonly left: number } {
  const shown = values.slice(0, most);
  return { shown, left: values.length - shown.length };
}
