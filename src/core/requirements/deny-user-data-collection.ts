import { wantedValue } from './wanted-value';

/** No provider on the way collects what users send. Other than analytics (L2). */
export const denyUserDataCollection = wantedValue(
  'deny_user_data_collection',
  'user_data_collection',
  'deny',
);
