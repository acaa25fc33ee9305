import type {
  PreviewChange,
  PreviewDocument,
  PreviewExpiry,
  PreviewModelChange,
} from '../../service/preview-document';
import { html, NOTHING, type Markup } from './preview-html-markup';
import { leftOut } from './preview-html-overview';
import { badge, capped, place, table } from './preview-html-tables';
import { OUTCOME_TONES } from './preview-html-tones';
import { instantWords, modelWords, nameList, subjectOf } from './preview-words';

/** Claims and models of one instant. */
const MAX_CLAIMS = 10;
const MAX_MODELS = 50;

/** The instants at which the picture changes. */
export function changeSection({ changes }: PreviewDocument): Markup {
  const { list, notLookedAt } = changes;
  const unseen =
    notLookedAt === 0
      ? NOTHING
      : html`<p class="muted">
          Later instants that were not looked at: ${notLookedAt}. <code>--now TIME</code> looks
          further.
        </p>`;
  const body =
    list.length === 0
      ? html`<p>Nothing that expires ${notLookedAt === 0 ? '' : 'soon '}changes any answer.</p>`
      : table({
          caption: 'Instants from which a model has other targets, soonest first.',
          heads: ['From', 'What expires', 'Model', 'Outcome', 'Target', 'Why'],
          rows: list.flatMap(changeRows),
        });
  return html`<section aria-labelledby="changes">
    <h2 id="changes">What changes next</h2>
    ${body}${unseen}
  </section>`;
}

interface TargetTurn {
  readonly model: PreviewModelChange;
  readonly ref: string;
  readonly words: string;
}

function changeRows(change: PreviewChange): readonly Markup[] {
  const { shown, left } = capped(change.models, MAX_MODELS);
  const turns = shown.flatMap(turnsOf);
  const more =
    left > 0
      ? [
          html`<tr>
            <td colspan="4">${leftOut(left)}</td>
          </tr>`,
        ]
      : [];
  const span = turns.length + more.length;
  const head = html`<th scope="rowgroup" rowspan="${span}">
      <time datetime="${change.at}">${instantWords(change.at)}</time>
    </th>
    <td class="wide" rowspan="${span}">${claimList(change.claims)}</td>`;
  const rows = turns.map(
    (turn, index) =>
      html`<tr>
        ${index === 0 ? head : NOTHING}${turnCells(turn)}
      </tr>`,
  );
  return [...rows, ...more];
}

/** A model of which only the outcome changes still has its row. */
function turnsOf(model: PreviewModelChange): readonly TargetTurn[] {
  const blocked = model.becomesBlocked.map(({ ref, reasons }) => {
    const why = new Set(reasons.map((reason) => `${reason.state} ${subjectOf(reason)}`));
    return { model, ref, words: nameList([...why]) };
  });
  const eligible = model.becomesEligible.map((ref) => ({ model, ref, words: 'becomes eligible' }));
  const turns = [...blocked, ...eligible];
  return turns.length > 0 ? turns : [{ model, ref: '', words: '' }];
}

function turnCells({ model, ref, words }: TargetTurn): Markup {
  const { from, to } = model;
  const was = from === to ? html`still ` : html`${badge(from, OUTCOME_TONES[from])} becomes `;
  return html`<td>${modelWords(model)}</td>
    <td>${was}${badge(to, OUTCOME_TONES[to])}</td>
    <td>${ref}</td>
    <td class="wide">${words}</td>`;
}

function claimList(claims: readonly PreviewExpiry[]): Markup {
  const { shown, left } = capped(claims, MAX_CLAIMS);
  const items = shown.map(
    ({ level, id, claim, position }) =>
      html`<li><code>${claim}</code> of ${level} ${id} ${place(position)}</li>`,
  );
  return html`<ul class="plain">
      ${items}
    </ul>
    ${leftOut(left)}`;
}
