import type { AnswerDocument, VerdictDocument } from '../../ports/wire-json';
import { outcomeOf } from '../answer';
import type { Palette } from '../palette';
import { countOf, escapeText } from '../text';
import { alignColumns, type Cell } from './columns';
import { reasonCells, REASON_HEAD } from './reason-cells';

/** How a decision is shown. */
export interface DecisionView {
  /** What was asked for, such as a model's name; empty: not known. */
  readonly subject: string;
  readonly palette: Palette;
}

/**
 * A decision for people: the outcome, the targets that may receive the request in their order, and every other
 * one with its reasons, each with the claim, what is expected and observed, and where both stand.
 */
export function decisionText(document: AnswerDocument, view: DecisionView): string {
  const parts = [
    headLines(document, view),
    eligibleLines(document, view.palette),
    blockedLines(document, view.palette),
    warningLines(document, view.palette),
  ];
  const written = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${written.join('\n\n')}\n`;
}

/** The outcome in a line; for a block also its code, layer and message. */
export function headLines(document: AnswerDocument, view: DecisionView): readonly string[] {
  const { palette } = view;
  const subject = view.subject === '' ? 'the request' : `\`${escapeText(view.subject)}\``;
  const outcome = outcomeOf(document);
  const total = document.verdicts.length;
  const count = `${String(document.eligible.length)} of ${countOf(total, 'target')} may receive ${subject}`;
  switch (outcome) {
    case 'allow':
      return [`${palette.green(palette.bold('allow'))}: ${count}`];
    case 'warn':
      return [
        `${palette.yellow(palette.bold('warn'))}: ${count}, although a warn policy is not met`,
      ];
    case 'block':
      return blockLines(document, view.palette, subject);
  }
}

function blockLines(
  document: AnswerDocument,
  palette: Palette,
  subject: string,
): readonly string[] {
  const head = `${palette.red(palette.bold('block'))}: nothing may receive ${subject}`;
  const { block } = document;
  if (block === undefined) return [head];
  const policy = block.policy === undefined ? '' : `, policy ${escapeText(block.policy)}`;
  const layer = block.layer.replace(/^LAYER_/, '').toLowerCase();
  return [
    head,
    `  ${escapeText(block.code)} (HTTP ${String(block.httpStatus)}, layer ${escapeText(layer)}${policy})`,
    `  ${escapeText(block.message)}`,
  ];
}

// The outcome counts, and not what a verdict says for itself.
function eligibleLines(document: AnswerDocument, palette: Palette): readonly string[] {
  if (outcomeOf(document) === 'block' || document.eligible.length === 0) return [];
  const found = document.eligible.map((ref) =>
    document.verdicts.find((verdict) => verdict.ref === ref),
  );
  const rows = found.flatMap((verdict, index) =>
    verdict === undefined ? [] : [eligibleRow(verdict, index, palette)],
  );
  const unmet = found.flatMap((verdict) =>
    verdict === undefined || verdict.reasons.length === 0 ? [] : [verdict],
  );
  const heading = palette.bold('eligible, in the order to try');
  const table = alignColumns(rows).map((line) => `  ${line}`);
  return [heading, ...table, ...(unmet.length === 0 ? [] : unmetLines(unmet, palette))];
}

function eligibleRow(verdict: VerdictDocument, index: number, palette: Palette): readonly Cell[] {
  const { ref, target, sendModel } = verdict;
  return [
    { text: String(index + 1) },
    { text: escapeText(ref), paint: palette.green },
    { text: target === undefined || target === ref ? '' : `target ${escapeText(target)}` },
    { text: sendModel === undefined ? '' : `send model ${escapeText(sendModel)}` },
  ];
}

function unmetLines(verdicts: readonly VerdictDocument[], palette: Palette): readonly string[] {
  return [
    '',
    palette.bold('eligible, but not met'),
    ...reasonTable(verdicts, palette.yellow, palette),
  ];
}

function blockedLines(document: AnswerDocument, palette: Palette): readonly string[] {
  const isBlock = outcomeOf(document) === 'block';
  const blocked = document.verdicts.filter((verdict) => isBlock || !verdict.eligible);
  if (blocked.length === 0) return [];
  return [palette.bold('blocked'), ...reasonTable(blocked, palette.red, palette)];
}

function reasonTable(
  verdicts: readonly VerdictDocument[],
  paint: (text: string) => string,
  palette: Palette,
): readonly string[] {
  const rows = verdicts.flatMap(({ reasons }) =>
    reasons.map((reason) => reasonCells(reason, palette)),
  );
  const head = REASON_HEAD.map((text) => ({ text, paint: palette.dim }));
  const [headLine = '', ...lines] = alignColumns([head, ...rows]);
  const written = [`    ${headLine}`];
  let next = 0;
  for (const { ref, reasons, reasonsOmitted = 0 } of verdicts) {
    written.push(`  ${paint(escapeText(ref))}`);
    written.push(...lines.slice(next, next + reasons.length).map((line) => `    ${line}`));
    next += reasons.length;
    if (reasonsOmitted > 0) written.push(`    and ${countOf(reasonsOmitted, 'more reason')}`);
  }
  return written;
}

function warningLines(document: AnswerDocument, palette: Palette): readonly string[] {
  return (document.warnings ?? []).map(
    ({ code, message }) =>
      `${palette.yellow(`warning[${escapeText(code)}]`)}: ${escapeText(message)}`,
  );
}
