import type { Outcome } from '../../core/model/decision';
import { formatPosition, type SourcePosition } from '../../core/model/source-position';
import type {
  PreviewDocument,
  PreviewModel,
  PreviewReason,
  PreviewTarget,
} from '../../service/preview-document';
import type { Palette } from '../palette';
import { countOf, escapeText } from '../text';
import { alignColumns, type Cell } from './columns';
import { modelWords, nameList, remedyWords, subjectOf } from './preview-words';
import { REASON_HEAD, valueOf } from './reason-cells';
import { stateColor } from './states';

/** Models, targets of a model, and lines of a target that are shown unless the model is named. */
const MAX_MODELS = 20;
const MAX_TARGETS = 10;
const MAX_REASONS = 3;

/** How models are shown. */
interface ModelsView {
  readonly detailed: boolean;
  readonly palette: Palette;
}

/** A line of the report: cells of the one table, or a text of its own between its rows. */
type Row = { readonly cells: readonly Cell[] } | { readonly line: string };

/** Every model with its targets: which are eligible, and for the others each reason with both places. */
export function modelLines(document: PreviewDocument, view: ModelsView): readonly string[] {
  const { palette } = view;
  // Every target is blocked for the one reason that the head tells.
  if (document.refusal !== undefined) return [];
  const { models } = document;
  const shown = view.detailed ? models : models.slice(0, MAX_MODELS);
  if (shown.length === 0) return ['the catalog offers nothing to such a request'];
  const head = ['', ...REASON_HEAD].map((text) => ({ text, paint: palette.dim }));
  const rows = shown.flatMap((model) => modelRows(model, view));
  const blocked = rows.some((row) => 'cells' in row && row.cells.length > 1);
  const lines = layOut([...(blocked ? [{ cells: head }] : []), ...rows]);
  return [palette.bold('models'), ...lines, ...footLines(models.length - shown.length, view)];
}

function footLines(left: number, { detailed }: ModelsView): readonly string[] {
  if (detailed) return [];
  const more =
    left > 0 ? [`${countOf(left, 'more model')} left out: --format json has all of them`] : [];
  return [...more, '--model NAME shows one model, and what would make its targets eligible'];
}

function layOut(rows: readonly Row[]): readonly string[] {
  const aligned = alignColumns(rows.flatMap((row) => ('cells' in row ? [row.cells] : [])));
  let next = 0;
  return rows.map((row) => {
    if ('line' in row) return `  ${row.line}`;
    next += 1;
    return `    ${aligned[next - 1] ?? ''}`;
  });
}

function modelRows(model: PreviewModel, view: ModelsView): readonly Row[] {
  const { targets } = model;
  const shown = view.detailed ? targets : targets.slice(0, MAX_TARGETS);
  const left = targets.length - shown.length;
  return [
    { line: modelLine(model, view.palette) },
    ...(view.detailed ? noteRows(model) : []),
    ...shown.flatMap((target) => targetRows(target, view)),
    ...(left > 0 ? [{ line: `  and ${countOf(left, 'more target')}` }] : []),
  ];
}

function modelLine(model: PreviewModel, palette: Palette): string {
  const { outcome, names, eligible, targets, block } = model;
  const paint = OUTCOME_PAINT[outcome](palette);
  const name = names.length > 1 ? nameList(names, 5) : modelWords(model);
  const counts = `${String(eligible.length)} of ${countOf(targets.length, 'target')}`;
  const code = block === undefined ? '' : `, ${block.code} (HTTP ${String(block.httpStatus)})`;
  return `${paint(outcome)} ${palette.bold(escapeText(name))}: ${counts}${escapeText(code)}`;
}

const OUTCOME_PAINT: Readonly<Record<Outcome, (palette: Palette) => (text: string) => string>> = {
  allow: ({ green }) => green,
  warn: ({ yellow }) => yellow,
  block: ({ red }) => red,
};

function noteRows({ block, pins }: PreviewModel): readonly Row[] {
  const message = block === undefined ? [] : [{ line: `  ${escapeText(block.message)}` }];
  return [
    ...message,
    ...pins.map(({ name, provider }) => ({
      line: escapeText(
        `  a caller of model_id_style auto reads \`${name}\` as a pin to ${provider}, and gets that one only`,
      ),
    })),
  ];
}

function targetRows(target: PreviewTarget, view: ModelsView): readonly Row[] {
  const { palette, detailed } = view;
  const wouldBlock = target.eligible ? target.shadow : [];
  const reasons = [...target.reasons, ...wouldBlock];
  const fits = detailed || reasons.length <= MAX_REASONS;
  const shown = fits ? reasons : reasons.slice(0, MAX_REASONS - 1);
  const [first, ...others] = shown.map((reason) => reasonCells(reason, view.palette));
  const left = reasons.length - shown.length;
  const help = target.eligible || !detailed ? '' : remedyWords(target.reasons);
  return [
    { cells: [nameCell(target, palette), ...(first ?? [])] },
    ...others.map((cells) => ({ cells: [{ text: '' }, ...cells] })),
    ...(left > 0 ? [{ cells: [{ text: '' }, { text: `and ${String(left)} more` }] }] : []),
    ...(help === '' ? [] : [{ line: `    ${palette.blue('help')}: ${escapeText(help)}` }]),
  ];
}

function nameCell({ eligible, reasons, shadow, ref }: PreviewTarget, palette: Palette): Cell {
  const text = escapeText(ref);
  if (!eligible) return { text: `x ${text}`, paint: palette.red };
  if (reasons.length > 0) return { text: `! ${text}`, paint: palette.yellow };
  return { text: `+ ${text}${shadow.length > 0 ? ' (shadow)' : ''}`, paint: palette.green };
}

function reasonCells(reason: PreviewReason, palette: Palette): readonly Cell[] {
  const { state, claim, expected, observed, message, position, claimPosition } = reason;
  const observedText =
    observed === '' && expected === '' ? escapeText(message) : valueOf(observed, claim);
  return [
    { text: state, paint: stateColor(state, palette) },
    { text: escapeText(subjectOf(reason)) },
    { text: valueOf(expected, claim) },
    { text: observedText },
    { text: placeOf(position), paint: palette.dim },
    { text: placeOf(claimPosition), paint: palette.dim },
  ];
}

function placeOf(position: SourcePosition | undefined): string {
  return position === undefined ? '' : escapeText(formatPosition(position));
}
