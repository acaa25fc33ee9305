import { wantedValue } from './wanted-value';

/** The target takes input whose sensitive parts were replaced by tokens before. */
export const tokenizedInputSupport = wantedValue(
  'require_tokenized_input_support',
  'accepts_tokenized_input',
  true,
);
