import type { Staleness } from '../ports/security-events';
import type { ServiceConfig } from '../ports/service-config';
import type { BundleStore } from './bundle-store';

/** How stale what decides is; undefined: it is not, or there is no limit. */
export function readStaleness(
  store: BundleStore,
  { maxStalenessMs: maxAgeMs }: Pick<ServiceConfig, 'maxStalenessMs'>,
): Staleness | undefined {
  const ageMs = store.ageMs();
  if (maxAgeMs === undefined || ageMs === undefined || !store.isStale()) return undefined;
  const digest = store.active()?.bundle.digest;
  return { ageMs, maxAgeMs, ...(digest === undefined ? {} : { digest }) };
}
