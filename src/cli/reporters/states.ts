import type { Palette } from '../palette';

/** How a state is shown in the matrix. */
export interface StateSign {
  /** One column wide, plain ASCII, so that it can be read without colour and in any font. */
  readonly symbol: string;
  readonly meaning: string;
}

/** The signs of the states in the order of the legend. */
export const STATE_SIGNS: ReadonlyMap<string, StateSign> = new Map([
  ['satisfied', { symbol: '+', meaning: 'met' }],
  ['contrary', { symbol: 'x', meaning: 'declared, not enough' }],
  ['unknown', { symbol: '?', meaning: 'not declared' }],
  ['expired', { symbol: '!', meaning: 'expired' }],
  ['conflicting', { symbol: '#', meaning: 'declared in two ways' }],
  ['error', { symbol: 'E', meaning: 'could not be evaluated' }],
  ['not_listed', { symbol: '-', meaning: 'not in the allow list' }],
  ['denied', { symbol: 'D', meaning: 'in a deny list' }],
  ['filtered', { symbol: 'f', meaning: 'left out by the request' }],
  ['refused', { symbol: 'r', meaning: 'the request is refused' }],
]);

/** The colour of a state: green is met, yellow lacks a statement, red is against it. */
export function stateColor(state: string, palette: Palette): (text: string) => string {
  if (state === 'satisfied') return palette.green;
  return state === 'unknown' || state === 'expired' ? palette.yellow : palette.red;
}
