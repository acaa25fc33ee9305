import type { PreviewModel, PreviewReason, PreviewTarget } from '../../service/preview-document';
import { countOf } from '../text';
import { html, NOTHING, type Markup } from './preview-html-markup';
import { badge, place, table } from './preview-html-tables';
import { modelWords, nameList, subjectOf } from './preview-words';

/** Over what would have to change. */
const HELP_HEAD = 'What would change it';

/** Every target of a model with each reason in a row of its own. */
export function targetTable(model: PreviewModel): Markup {
  return table({
    caption: `Targets of ${captionOf(model)}, in file order`,
    heads: [
      'Target',
      'Verdict',
      'Why',
      'Expected',
      'Observed',
      'Rule and claim stand at',
      HELP_HEAD,
    ],
    rows: model.targets.flatMap((target) => targetRows(target, model)),
  });
}

/** A pool may have hundreds of names, which stand above the table already. */
function captionOf(model: PreviewModel): string {
  return model.names.length > 1 ? nameList(model.names) : modelWords(model);
}

/** The same in one line a target, for pages that would grow too large: what blocks it, and by which policy. */
export function targetList(model: PreviewModel): Markup {
  const items = model.targets.map((target) => {
    const why = new Set(
      target.reasons.map((reason) => `${reason.code} ${subjectOf(reason)} (${reason.policy})`),
    );
    return html`<li>
      ${verdict(target, model)} ${target.ref} <span class="muted">${[...why].join(', ')}</span>
    </li>`;
  });
  return html`<ul class="plain brief">
    ${items}
  </ul>`;
}

/** Columns that say why. */
const REASON_COLUMNS = 5;

function targetRows(target: PreviewTarget, model: PreviewModel): readonly Markup[] {
  const shadow = target.eligible ? target.shadow : [];
  const reasons = [
    ...target.reasons.map((reason) => reasonCells(reason, target.eligible ? 'gave way' : '')),
    ...shadow.map((reason) => reasonCells(reason, 'shadow: would block')),
  ];
  const [first = metCell(target), ...others] = reasons;
  const head = headCells(target, model, Math.max(1, reasons.length));
  return [
    html`<tr>
      ${head}${first}
    </tr>`,
    ...others.map(
      (cells) =>
        html`<tr class="more">
          ${cells}
        </tr>`,
    ),
  ];
}

function metCell({ rules }: PreviewTarget): Markup {
  return html`<td class="wide muted" colspan="${REASON_COLUMNS}">
    meets ${rules.met} of ${countOf(rules.all, 'rule')}
  </td>`;
}

function headCells(target: PreviewTarget, model: PreviewModel, span: number): Markup {
  const { ref, provider, region, position } = target;
  const where = [provider, ...(region === undefined ? [] : [region])].join(', ');
  const spans = span === 1 ? NOTHING : html` rowspan="${span}"`;
  return html`<th scope="row"${spans}>${ref}<br><span class="muted">${where}</span><br>${place(position)}</th><td${spans}>${verdict(target, model)}</td>`;
}

/** Whether it is eligible, and its place in the order to try. */
function verdict({ eligible, ref, reasons }: PreviewTarget, model: PreviewModel): Markup {
  if (!eligible) return badge('blocked', 'bad');
  const order = String(model.eligible.indexOf(ref) + 1);
  return badge(`eligible, ${order}`, reasons.length > 0 ? 'fair' : 'good');
}

function reasonCells(reason: PreviewReason, note: string): Markup {
  const { code, policy, expected, observed, message, help, position, claimPosition } = reason;
  const seen = observed === '' && expected === '' ? message : observed;
  const notes = note === '' ? NOTHING : html`<br /><span class="fair">${note}</span>`;
  const by = policy === '' ? NOTHING : html`<br />${policy}`;
  return html`<td class="why">
      <code>${code}</code>${by}<br /><code>${ruleOf(reason)}</code>${notes}
    </td>
    <td class="wide">${expected}</td>
    <td class="wide">${seen}</td>
    <td class="at">${place(position)}<br />${place(claimPosition)}</td>
    <td class="wide">${help}</td>`;
}

function ruleOf(reason: PreviewReason): string {
  return reason.requirement === '' ? subjectOf(reason) : reason.requirement;
}
