import type { Outcome } from '../../core/model/decision';
import type { Tone } from './preview-html-tables';

/** How good an outcome is. */
export const OUTCOME_TONES: Readonly<Record<Outcome, Tone>> = {
  allow: 'good',
  warn: 'fair',
  block: 'bad',
};
