import { formatPosition } from '../../core/model/source-position';
import type { PositionDocument, ReasonDocument } from '../../ports/wire-json';
import type { Palette } from '../palette';
import { escapeText } from '../text';
import type { Cell } from './columns';
import { stateColor } from './states';

/** What stands over the cells of a reason. */
export const REASON_HEAD: readonly string[] = [
  'state',
  'claim or rule',
  'expected',
  'observed',
  'rule at',
  'claim at',
];

/** One reason as a row: what was found, the claim, what was expected and observed, and the two places. */
export function reasonCells(reason: ReasonDocument, palette: Palette): readonly Cell[] {
  const state = reason.state.replace(/^REASON_STATE_/, '').toLowerCase();
  const claim = reason.claim ?? '';
  const rule = reason.requirement ?? '';
  const subject = claim !== '' ? claim : rule !== '' ? rule : reason.code;
  const observed = reason.observed ?? '';
  return [
    { text: escapeText(state), paint: stateColor(state, palette) },
    { text: escapeText(subject) },
    { text: valueOf(reason.expected ?? '', claim) },
    {
      text:
        observed === '' && reason.expected === undefined
          ? escapeText(reason.message)
          : valueOf(observed, claim),
    },
    { text: placeOf(reason.source), paint: palette.dim },
    { text: placeOf(reason.claimSource), paint: palette.dim },
  ];
}

/** The text without the claim's name in front of it, which has a column of its own. */
export function valueOf(text: string, claim: string): string {
  const prefix = `${claim}: `;
  return escapeText(text.startsWith(prefix) ? text.slice(prefix.length) : text);
}

function placeOf(position: PositionDocument | undefined): string {
  return position === undefined ? '' : escapeText(formatPosition(position));
}
