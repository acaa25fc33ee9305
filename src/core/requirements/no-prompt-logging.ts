import { wantedValue } from './wanted-value';

/** The provider must state that prompts are not logged; silence on logging is not a statement. */
export const noPromptLogging = wantedValue('no_prompt_logging', 'prompt_logging', false);
