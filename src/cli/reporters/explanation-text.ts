import type { CandidateExplanation, Explanation } from '../../core/engine/explanation';
import type { AnswerDocument } from '../../ports/wire-json';
import { outcomeOf } from '../answer';
import type { Palette } from '../palette';
import { countOf } from '../text';
import { candidateLines } from './candidate-text';
import { headLines } from './decision-text';
import { matrixLines } from './matrix-text';

/** What an explanation is shown from. */
export interface ExplanationView {
  readonly answer: AnswerDocument;
  /** The candidates that are to be shown. */
  readonly explanation: Explanation;
  /** What was asked for, such as a model's name; empty: not known. */
  readonly subject: string;
  /** True: all reasons of every candidate; false: as many as fit into a few lines. */
  readonly detailed: boolean;
  readonly palette: Palette;
}

/** Candidates that are shown one by one, unless they are named; the matrix has all of them. */
const MAX_CANDIDATES_SHOWN = 20;

/** The outcome, the matrix of candidates and rules, and every candidate that lacks something. */
export function explanationText(view: ExplanationView): string {
  const { answer, explanation, palette } = view;
  const places = placesOf(answer);
  const wanting = explanation.candidates.filter((candidate) => isWanting(candidate, places));
  const shown = view.detailed ? wanting : wanting.slice(0, MAX_CANDIDATES_SHOWN);
  const parts = [
    headLines(answer, view),
    matrixLines(explanation.candidates, places, palette),
    ...shown.map((candidate) =>
      candidateLines(candidate, {
        eligible: places.has(candidate.ref),
        detailed: view.detailed,
        palette,
      }),
    ),
  ];
  const leftOut = wanting.length - shown.length;
  if (leftOut > 0)
    parts.push([`${countOf(leftOut, 'more target')} left out: name one with --target ID`]);
  const written = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${written.join('\n\n')}\n`;
}

/** The place of each eligible candidate in the order to try, from 1; nothing is eligible in a block. */
function placesOf(answer: AnswerDocument): ReadonlyMap<string, number> {
  if (outcomeOf(answer) === 'block') return new Map();
  return new Map(answer.eligible.map((ref, index) => [ref, index + 1]));
}

function isWanting(candidate: CandidateExplanation, places: ReadonlyMap<string, number>): boolean {
  const unmet = candidate.rows.some((row) => row.state !== 'satisfied');
  return unmet || !places.has(candidate.ref);
}
