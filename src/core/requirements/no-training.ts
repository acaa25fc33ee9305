import { wantedValue } from './wanted-value';

/** Nothing that is sent trains a model. Says nothing of how long it is kept (L2). */
export const noTraining = wantedValue('require_no_training', 'training_opt_out', true);
