import { wantedValue } from './wanted-value';

/** Processing stays on premises that the operator controls. */
export const localOnlyProcessing = wantedValue(
  'local_only_processing',
  'local_only_processing',
  true,
);
