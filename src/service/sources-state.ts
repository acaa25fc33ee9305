import type { BundleState, SourcesState } from '../ports/telemetry';
import type { BundleStore } from './bundle-store';
import { readExpiringClaims } from './expiring-claims';

/** What metrics tell of the sources and the bundle, at an instant. */
export function readSourcesState(
  store: BundleStore,
  { nowMs, maxStalenessMs }: { readonly nowMs: number; readonly maxStalenessMs?: number },
): SourcesState {
  const bundle = bundleState(store, nowMs);
  const rejectedAtMs = store.lastRejected()?.rejectedAtMs;
  const ageMs = store.ageMs();
  return {
    ...(bundle === undefined ? {} : { bundle }),
    ...(rejectedAtMs === undefined ? {} : { rejectedAtMs }),
    ...(ageMs === undefined ? {} : { ageMs }),
    ...(maxStalenessMs === undefined ? {} : { maxAgeMs: maxStalenessMs }),
    stale: store.isStale(),
  };
}

function bundleState(store: BundleStore, nowMs: number): BundleState | undefined {
  const active = store.active();
  const reference = store.reference(nowMs);
  if (active === undefined || reference === undefined) return undefined;
  const { digest, revision, sequence, validUntilMs } = reference;
  return {
    digest,
    ...(revision === undefined ? {} : { revision }),
    sequence,
    loadedAtMs: active.loadedAtMs,
    ...(validUntilMs === undefined ? {} : { validUntilMs }),
    targets: active.bundle.catalog.targets.length,
    policies: active.bundle.policies.length,
    files: active.files.length,
    expiringClaims: readExpiringClaims(active.bundle, nowMs),
  };
}
