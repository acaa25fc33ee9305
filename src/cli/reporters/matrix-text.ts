import type { CandidateExplanation, ExplanationRow } from '../../core/engine/explanation';
import { formatPosition } from '../../core/model/source-position';
import type { Palette } from '../palette';
import { escapeText, padEnd } from '../text';
import { alignColumns } from './columns';
import { STATE_SIGNS, stateColor } from './states';

/** Columns of a candidate's name that the signs of all others make room for: a matrix is read down its columns. */
const MAX_NAME_WIDTH = 60;

/** Candidates against rules, one sign a cell; then what the numbers and the signs mean. */
export function matrixLines(
  candidates: readonly CandidateExplanation[],
  places: ReadonlyMap<string, number>,
  palette: Palette,
): readonly string[] {
  const rules = rulesOf(candidates);
  if (rules.size === 0) return [];
  const width = String(rules.size).length;
  const numbers = [...rules.keys()].map((_, index) => padEnd(String(index + 1), width));
  const head = [{ text: '' }, { text: numbers.join(' '), paint: palette.dim }, { text: '' }];
  const rows = candidates.map((candidate) => [
    { text: escapeText(candidate.ref) },
    matrixCell(candidate, [...rules.keys()], { width, palette }),
    verdictCell(places.get(candidate.ref), palette),
  ]);
  const legend = ruleLines([...rules.values()], palette);
  return [
    ...alignColumns([head, ...rows], MAX_NAME_WIDTH).map(indent),
    '',
    ...legend,
    signLine(candidates, palette),
  ];
}

type Rules = ReadonlyMap<string, ExplanationRow>;

// Rules in the order in which candidates show them: a candidate that was not judged by all still fits in.
function rulesOf(candidates: readonly CandidateExplanation[]): Rules {
  const rules = new Map<string, ExplanationRow>();
  for (const row of candidates.flatMap((candidate) => candidate.rows)) {
    if (!rules.has(keyOf(row))) rules.set(keyOf(row), row);
  }
  return rules;
}

// A policy's list is one rule, wherever in it the entry stands that a candidate failed by.
const LIST = /\.(?:allow|deny)$/u;

function keyOf(row: ExplanationRow): string {
  if (LIST.test(row.requirement)) return JSON.stringify([row.policy, row.requirement]);
  const place = row.position === undefined ? '' : formatPosition(row.position);
  return JSON.stringify([row.policy, row.requirement, place]);
}

function matrixCell(
  candidate: CandidateExplanation,
  keys: readonly string[],
  view: { readonly width: number; readonly palette: Palette },
) {
  const states = keys.map((key) => stateOf(candidate, key));
  const signs = states.map((state) => signOf(state));
  const painted = states.map((state, index) => {
    const sign = padEnd(signs[index] ?? '', view.width);
    return state === undefined ? sign : stateColor(state, view.palette)(sign);
  });
  const text = signs.map((sign) => padEnd(sign, view.width)).join(' ');
  return { text, paint: () => painted.join(' ') };
}

// A candidate that stands for several targets has a row of each, and meets a rule only where all of them do.
function stateOf(candidate: CandidateExplanation, key: string): string | undefined {
  const rows = candidate.rows.filter((row) => keyOf(row) === key);
  return (rows.find((row) => row.state !== 'satisfied') ?? rows[0])?.state;
}

// A blank is a rule that was not looked at for this candidate.
function signOf(state: string | undefined): string {
  if (state === undefined) return ' ';
  return STATE_SIGNS.get(state)?.symbol ?? 'x';
}

function verdictCell(place: number | undefined, palette: Palette) {
  return place === undefined
    ? { text: 'blocked', paint: palette.red }
    : { text: `eligible, ${String(place)}`, paint: palette.green };
}

function ruleLines(rules: readonly ExplanationRow[], palette: Palette): readonly string[] {
  const rows = rules.map((row, index) => [
    { text: String(index + 1), paint: palette.dim },
    { text: escapeText(row.policy === '' ? 'the request' : row.policy) },
    { text: escapeText(row.requirement) + (row.mode === 'enforce' ? '' : ` (${row.mode})`) },
    { text: escapeText(row.expected) },
    {
      text: row.position === undefined ? '' : escapeText(formatPosition(row.position)),
      paint: palette.dim,
    },
  ]);
  return alignColumns(rows).map(indent);
}

function signLine(candidates: readonly CandidateExplanation[], palette: Palette): string {
  const used = new Set<string>(
    candidates.flatMap((candidate) => candidate.rows.map((row) => row.state)),
  );
  const signs = [...STATE_SIGNS].filter(([state]) => used.has(state));
  const texts = signs.map(
    ([state, { symbol, meaning }]) => `${stateColor(state, palette)(symbol)} ${meaning}`,
  );
  return indent(texts.join('   '));
}

function indent(line: string): string {
  return `  ${line}`;
}
