import type { CandidateExplanation, ExplanationRow } from '../../core/engine/explanation';
import { formatPosition } from '../../core/model/source-position';
import type { Palette } from '../palette';
import { countOf, escapeText } from '../text';
import { STATE_SIGNS, stateColor } from './states';

/** How one candidate is shown. */
export interface CandidateView {
  readonly eligible: boolean;
  /** True: all reasons; false: as many as leave the candidate at eight lines. */
  readonly detailed: boolean;
  readonly palette: Palette;
}

/** Reasons of one candidate that are shown unless it is named: eight lines in all. */
const MAX_ROWS_SHOWN = 6;

/** One candidate: every rule that it does not meet, in one line each, and what would make it eligible. */
export function candidateLines(
  candidate: CandidateExplanation,
  view: CandidateView,
): readonly string[] {
  const { palette } = view;
  const unmet = candidate.rows.filter((row) => row.state !== 'satisfied');
  const shown =
    view.detailed || unmet.length <= MAX_ROWS_SHOWN ? unmet : unmet.slice(0, MAX_ROWS_SHOWN - 1);
  const leftOut = unmet.length - shown.length;
  const lines = [
    headLine(candidate, unmet.length, view),
    ...shown.map((row) => rowLine(row, palette)),
  ];
  if (leftOut > 0) {
    lines.push(
      `  and ${String(leftOut)} more: --target ${escapeText(candidate.ref)} shows them all`,
    );
  }
  const remedy = remedyLine(unmet, view);
  return remedy === undefined ? lines : [...lines, remedy];
}

function headLine(candidate: CandidateExplanation, unmet: number, view: CandidateView): string {
  const { palette, eligible } = view;
  const name = palette.bold(escapeText(candidate.ref));
  const provider = candidate.provider === '' ? '' : ` (${escapeText(candidate.provider)})`;
  const verdict = eligible ? palette.yellow('eligible') : palette.red('blocked');
  const looked = countOf(candidate.rows.length, 'rule');
  return `${name}${provider}: ${verdict}, ${String(unmet)} of ${looked} not met`;
}

function rowLine(row: ExplanationRow, palette: Palette): string {
  const sign = STATE_SIGNS.get(row.state)?.symbol ?? 'x';
  const mode = row.mode === 'enforce' ? '' : ` (${row.mode})`;
  const claim =
    row.claimPosition === undefined ? '' : `, claim at ${formatPosition(row.claimPosition)}`;
  const rule = row.position === undefined ? '' : `; rule at ${formatPosition(row.position)}`;
  const found = `expected ${row.expected}, observed ${row.observed}`;
  const paint = stateColor(row.state, palette);
  return (
    `  ${paint(`${sign} ${row.state}`)} ${escapeText(row.requirement)}${mode}: ` +
    `${escapeText(found)}${palette.dim(escapeText(`${rule}${claim}`))}`
  );
}

// Only what blocks needs a remedy: shadow policies change nothing, and an eligible target needs none.
function remedyLine(unmet: readonly ExplanationRow[], view: CandidateView): string | undefined {
  if (view.eligible) return undefined;
  const blocking = unmet.filter((row) => row.mode !== 'shadow');
  const remedies = [...new Set(blocking.map((row) => row.help).filter((help) => help !== ''))];
  if (blocking.length === 0 || remedies.length === 0) return undefined;
  return `  ${view.palette.blue('help')}: ${escapeText(remedies.join('; '))}`;
}
