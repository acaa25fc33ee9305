import { wantedValue } from './wanted-value';

/** The provider collects no analytics on the traffic. Other than user data (L2). */
export const denyAnalyticsCollection = wantedValue(
  'deny_analytics_collection',
  'analytics_collection',
  'deny',
);
