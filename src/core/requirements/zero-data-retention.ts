import { wantedValue } from './wanted-value';

/** The provider stores neither request nor response. Says nothing of training, and training nothing of it (L2). */
export const zeroDataRetention = wantedValue(
  'require_zero_data_retention',
  'zero_data_retention',
  true,
);
