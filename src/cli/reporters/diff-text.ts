import { formatPosition } from '../../core/model/source-position';
import type {
  DiffChange,
  DiffCircumstance,
  DiffDifference,
  DiffDocument,
  DiffReason,
  DiffTarget,
} from '../../service/diff/diff-document';
import type { Palette } from '../palette';
import { countOf, escapeText } from '../text';
import { instantWords, nameList } from './preview-words';

/** Circumstances, changes and targets of one that are shown before the rest is counted. */
const MAX_CIRCUMSTANCES = 6;
const MAX_CHANGES = 40;
const MAX_TARGETS = 20;

/** The differences as people read them: who, then what they gain and lose, and through which rule. */
export function diffText(document: DiffDocument, palette: Palette): string {
  const lines = [
    headLine(document, palette),
    ...document.differences.flatMap((difference) => differenceLines(difference, document, palette)),
    ...document.unproven.map((why) => `${palette.yellow('not proven')}: ${escapeText(why)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function headLine(document: DiffDocument, palette: Palette): string {
  const { at, counts, differences } = document;
  const looked = `${countOf(counts.scopes, 'scope')}, ${countOf(counts.requests, 'request')}`;
  return `at ${palette.bold(instantWords(at))}, ${looked}: ${resultWords(counts, differences.length)}`;
}

function resultWords({ gained, lost }: DiffDocument['counts'], differences: number): string {
  if (differences === 0) return 'the same';
  if (gained + lost === 0) return 'the same targets, other outcomes';
  const parts = [
    ...(gained === 0 ? [] : [`${countOf(gained, 'target')} gained`]),
    ...(lost === 0 ? [] : [`${countOf(lost, 'target')} lost`]),
  ];
  return parts.join(', ');
}

function differenceLines(
  { for: circumstances, changes }: DiffDifference,
  { counts }: DiffDocument,
  palette: Palette,
): readonly string[] {
  const isAll = circumstances.length === counts.scopes * counts.situations;
  const words = isAll ? ['every request'] : [...new Set(circumstances.map(circumstanceWords))];
  const left = words.length - MAX_CIRCUMSTANCES;
  const leftChanges = changes.length - MAX_CHANGES;
  return [
    '',
    ...words.slice(0, MAX_CIRCUMSTANCES).map((each) => `for ${palette.bold(escapeText(each))}`),
    ...(left > 0 ? [`and for ${String(left)} more: --format json has all of them`] : []),
    ...changes.slice(0, MAX_CHANGES).flatMap((change) => changeLines(change, palette)),
    ...(leftChanges > 0
      ? [`  and ${countOf(leftChanges, 'more change')}: --format json has all of them`]
      : []),
  ];
}

function circumstanceWords({ scope, otherValues, api, features }: DiffCircumstance): string {
  const parts = [
    ...Object.entries(scope).map(([key, value]) => `${key} ${value}`),
    ...otherValues.map((key) => `any other ${key}`),
    ...(api === undefined ? [] : [`api ${api}`]),
    ...(features.length === 0 ? [] : [`features ${features.join(', ')}`]),
  ];
  return parts.length === 0 ? 'a request that says nothing of itself' : parts.join(', ');
}

function changeLines(change: DiffChange, palette: Palette): readonly string[] {
  const { request, gains, loses } = change;
  const { models, candidates } = request;
  const what =
    models.length > 0 ? `model ${nameList(models)}` : `sent ${candidates.join(' with ')}`;
  const marked = [
    ...gains.map((each) => targetLine({ mark: '+', word: 'gains', paint: palette.green }, each)),
    ...loses.map((each) => targetLine({ mark: '-', word: 'loses', paint: palette.red }, each)),
  ];
  const left = marked.length - MAX_TARGETS;
  return [
    `  ${escapeText(what)}${outcomeWords(change)}`,
    ...marked.slice(0, MAX_TARGETS),
    ...(left > 0 ? [`    and ${countOf(left, 'more target')}`] : []),
  ];
}

function outcomeWords({ from, to, fromCode, toCode }: DiffChange): string {
  const before = fromCode === undefined ? from : `${from} ${fromCode}`;
  const after = toCode === undefined ? to : `${to} ${toCode}`;
  return before === after ? `: still ${to}` : `: ${before} becomes ${after}`;
}

function targetLine(
  { mark, word, paint }: { mark: string; word: string; paint: (text: string) => string },
  target: DiffTarget,
): string {
  const why = whyWords(target, word === 'gains' ? 'old' : 'new');
  return `    ${paint(`${mark} ${escapeText(target.target)}`)} (${word}): ${escapeText(why)}`;
}

function whyWords({ why, reasons, position }: DiffTarget, side: 'old' | 'new'): string {
  const place = position === undefined ? '' : `, declared at ${formatPosition(position)}`;
  switch (why) {
    case 'not_offered':
      return `${side} does not offer it${place}`;
    case 'redeclared':
      return `${side} has another target of that id${place}`;
    case 'judged':
      return `${side} ${reasons.map(reasonWords).join('; ')}`;
  }
}

function reasonWords({ code, policy, requirement, claim, position }: DiffReason): string {
  const rule = [...new Set([policy, requirement, claim].filter((word) => word !== ''))];
  const place = position === undefined ? '' : ` at ${formatPosition(position)}`;
  return rule.length === 0 ? `${code}${place}` : `${code} (${rule.join(' ')}${place})`;
}
