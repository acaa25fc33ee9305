import type { PreviewDocument, PreviewScope } from '../../service/preview-document';
import { formatPosition } from '../../core/model/source-position';
import type { Palette } from '../palette';
import { escapeText } from '../text';
import { alignColumns, type Cell } from './columns';
import { changeLines } from './preview-changes-text';
import { modelLines } from './preview-models-text';
import {
  APPLICATION_WORDS,
  effectWords,
  instantWords,
  keyParts,
  modelCountWords,
  requestWords,
  targetCountWords,
  unmatchedWords,
} from './preview-words';

/** How a preview is shown. */
export interface PreviewView {
  /** True: only some models were asked for, and all that is known of them is shown. */
  readonly detailed: boolean;
  readonly palette: Palette;
}

/** Rows of a table before the rest is counted. */
const MAX_ROWS = 20;

/** A preview for people: the sums, the policies, the providers, the models with every reason, and what comes. */
export function previewText(document: PreviewDocument, view: PreviewView): string {
  const { palette } = view;
  const isRefused = document.refusal !== undefined;
  const overview = [
    view.detailed ? [] : policyLines(document, palette),
    view.detailed || isRefused ? [] : providerLines(document, palette),
  ];
  const parts = [
    headLines(document, palette),
    ...overview,
    modelLines(document, view),
    changeLines(document, palette),
    warningLines(document, palette),
  ];
  const written = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${written.join('\n\n')}\n`;
}

/** The sums in a line. */
export function headLine(document: PreviewDocument, palette: Palette): string {
  const at = palette.bold(`at ${instantWords(document.at)}`);
  return `${at}: ${modelCountWords(document)}; ${targetCountWords(document)}`;
}

function headLines(document: PreviewDocument, palette: Palette): readonly string[] {
  const { bundle, validUntil, refusal } = document;
  const revision = bundle.revision === undefined ? '' : ` revision ${String(bundle.revision)}`;
  const until = validUntil === undefined ? '' : `, valid until ${instantWords(validUntil)}`;
  const rows: readonly (readonly Cell[])[] = [
    [{ text: 'for', paint: palette.dim }, { text: escapeText(requestWords(document)) }],
    ...knownRows(document.scope, palette),
    [
      { text: 'bundle', paint: palette.dim },
      { text: `${escapeText(bundle.name)}${revision}, ${bundle.digest.slice(0, 19)}${until}` },
    ],
  ];
  const lines = [headLine(document, palette), ...alignColumns(rows).map(indent)];
  if (refusal === undefined) return lines;
  const { code, message, httpStatus } = refusal;
  const refused = palette.red(palette.bold('refused'));
  return [
    ...lines,
    `${refused}: ${escapeText(message)} (${code}, HTTP ${String(httpStatus)})`,
    `${palette.blue('help')}: say who asks with --tenant NAME and --scope KEY=VALUE, such as is known`,
  ];
}

function knownRows(scope: PreviewScope, palette: Palette): Cell[][] {
  return scope.keys.map((each, index) => {
    const { values, note } = keyParts(each, scope);
    const told = note === '' ? '' : ` (${note})`;
    return [
      { text: index === 0 ? 'known' : '', paint: palette.dim },
      { text: escapeText(`${each.key}: ${values}${told}`) },
    ];
  });
}

function policyLines({ policies, refusal }: PreviewDocument, palette: Palette): readonly string[] {
  const rows = policies.slice(0, MAX_ROWS).map((policy) => {
    const { applies, id, mode, position } = policy;
    const effect = applies === 'no' || refusal !== undefined ? [] : [effectWords(policy)];
    const why = unmatchedWords(policy);
    const words = [...effect, ...(why === '' ? [] : [why])].join('; ');
    return [
      { text: APPLICATION_WORDS[applies], paint: applies === 'no' ? palette.dim : palette.green },
      { text: escapeText(id) },
      { text: mode, paint: mode === 'enforce' ? palette.bold : palette.yellow },
      { text: escapeText(formatPosition(position)), paint: palette.dim },
      { text: escapeText(words) },
    ];
  });
  return table(`policies`, rows, { left: policies.length - rows.length, palette });
}

function providerLines({ providers }: PreviewDocument, palette: Palette): readonly string[] {
  const head = ['', 'eligible', 'blocked', 'not offered', 'because'];
  const rows = providers
    .slice(0, MAX_ROWS)
    .map(({ id, eligible, blocked, notOffered, codes }) => [
      { text: escapeText(id) },
      { text: String(eligible), paint: eligible > 0 ? palette.green : palette.dim },
      { text: String(blocked), paint: blocked > 0 ? palette.red : palette.dim },
      { text: notOffered > 0 ? String(notOffered) : '' },
      { text: codes.map(({ code, targets }) => `${code} ${String(targets)}`).join(', ') },
    ]);
  if (rows.length === 0) return [];
  const hides = providers.every(({ notOffered }) => notOffered === 0);
  const titles = head.map((text) => ({
    text: hides && text === 'not offered' ? '' : text,
    paint: palette.dim,
  }));
  return table('providers', [titles, ...rows], { left: providers.length - rows.length, palette });
}

function table(
  title: string,
  rows: readonly (readonly Cell[])[],
  { left, palette }: { readonly left: number; readonly palette: Palette },
): readonly string[] {
  if (rows.length === 0) return [];
  const more = left > 0 ? [indent(`and ${String(left)} more: --format json has all`)] : [];
  return [palette.bold(title), ...alignColumns(rows).map(indent), ...more];
}

function warningLines({ warnings }: PreviewDocument, palette: Palette): readonly string[] {
  return warnings.map(
    ({ code, message }) => `${palette.yellow(`warning[${code}]`)}: ${escapeText(message)}`,
  );
}

function indent(line: string): string {
  return `  ${line}`;
}
