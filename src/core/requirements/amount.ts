import type { ClaimValue } from '../model/claim';

/** True for a finite number that is not negative; anything else is no amount of days or money. */
export function isAmount(value: ClaimValue): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
