import { wantedValue } from './wanted-value';

/** The target must declare that nothing leaves to the internet; a target that is silent may let it. */
export const denyInternetEgress = wantedValue(
  'deny_internet_egress',
  'allow_internet_egress',
  false,
);
