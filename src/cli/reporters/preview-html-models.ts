import type { PreviewDocument, PreviewModel } from '../../service/preview-document';
import { countOf } from '../text';
import { html, NOTHING, type Markup } from './preview-html-markup';
import { badge } from './preview-html-tables';
import { targetList, targetTable } from './preview-html-targets';
import { OUTCOME_TONES } from './preview-html-tones';
import { modelWords } from './preview-words';

/** Bytes of all models after which the next ones show each target in one line: a page is read, not only stored. */
const FULL_BYTES = 2_500_000;

/** Bytes of all models after which the rest is counted, so that the page stays below 5 MB with all else. */
const MAX_BYTES = 4_200_000;

/** Every model, closed until somebody opens it: which targets are eligible, and for the others every reason. */
export function modelSection({ models }: PreviewDocument): Markup {
  const { written, left } = writeModels(models);
  const more =
    left > 0
      ? html`<p class="muted">
          ${countOf(left, 'more model')} left out, to keep this page at a size that opens;
          <code>--model NAME</code> shows one, <code>--format json</code> has all.
        </p>`
      : NOTHING;
  const body =
    models.length === 0
      ? html`<p>The catalog offers nothing to such a request.</p>`
      : html`${FILTER}${written}`;
  return html`<section aria-labelledby="models">
    <h2 id="models">Models</h2>
    ${body}${more}
  </section>`;
}

const FILTER = html`<form id="filter" role="search" hidden>
  <label
    >Model, target, provider, code or claim<input id="filter-text" type="search" autocomplete="off"
  /></label>
  <label
    >Outcome<select id="filter-outcome">
      <option value="">any</option>
      <option>allow</option>
      <option>warn</option>
      <option>block</option>
    </select></label
  >
  <button type="button" id="filter-open">Open all</button
  ><button type="button" id="filter-close">Close all</button>
  <span id="filter-count" class="muted" role="status"></span>
</form> `;

function writeModels(models: readonly PreviewModel[]): {
  readonly written: readonly Markup[];
  readonly left: number;
} {
  const written: Markup[] = [];
  let bytes = 0;
  for (const model of models) {
    const block = modelBlock(model, bytes < FULL_BYTES ? targetTable : targetList);
    bytes += Buffer.byteLength(block.markup);
    if (bytes > MAX_BYTES) break;
    written.push(block);
  }
  return { written, left: models.length - written.length };
}

function modelBlock(model: PreviewModel, targetsOf: (model: PreviewModel) => Markup): Markup {
  const { outcome, eligible, targets, block, pins } = model;
  const code = block === undefined ? NOTHING : html`<code>${block.code}</code>`;
  const message =
    block === undefined
      ? NOTHING
      : html`<p>A client is told (HTTP ${block.httpStatus}): ${block.message}</p>`;
  const notes = pins.map(
    ({ name, provider }) =>
      html`<p class="muted">
        A caller of <code>model_id_style: auto</code> reads <code>${name}</code> as a pin to
        ${provider}, and gets the targets of that provider only.
      </p>`,
  );
  return html`<details class="model" data-outcome="${outcome}">
    <summary>
      ${badge(outcome, OUTCOME_TONES[outcome])}<span class="name">${modelWords(model)}</span
      ><span class="muted">${eligible.length} of ${countOf(targets.length, 'target')}</span>${code}
    </summary>
    ${message}${notes}${targetsOf(model)}
  </details>`;
}
