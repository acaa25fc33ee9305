import type { BundleRef } from '../ports/answer';
import type { Clock } from '../ports/clock';
import type { ActiveBundle, BundleStore, RejectedSources } from './bundle-store';

/** Whether the service answers. */
export type ServingState = 'starting' | 'ready' | 'draining';

/** What is loaded, what was rejected, and how old it is. */
export interface ServiceStatus {
  readonly state: ServingState;
  readonly active?: ActiveBundle & { readonly reference: BundleRef };
  readonly lastRejected?: RejectedSources;
  readonly stale: boolean;
  readonly ageMs?: number;
}

/** The phase of the process, as its runner sets it. */
export interface Lifecycle {
  isDraining(): boolean;
  startDraining(): void;
}

/** Creates a lifecycle that has not begun to drain. */
export function createLifecycle(): Lifecycle {
  let draining = false;
  return {
    isDraining: () => draining,
    startDraining: () => {
      draining = true;
    },
  };
}

/** What a status is read from. */
export interface StatusParts {
  readonly store: BundleStore;
  readonly lifecycle: Lifecycle;
  readonly clock: Clock;
}

/** Reads the status at this instant. */
export function readStatus({ store, lifecycle, clock }: StatusParts): ServiceStatus {
  const active = store.active();
  const reference = store.reference(clock.nowMs());
  const lastRejected = store.lastRejected();
  const ageMs = store.ageMs();
  return {
    state: stateOf(lifecycle, active),
    ...(active === undefined || reference === undefined
      ? {}
      : { active: { ...active, reference } }),
    ...(lastRejected === undefined ? {} : { lastRejected }),
    stale: store.isStale(),
    ...(ageMs === undefined ? {} : { ageMs }),
  };
}

function stateOf(lifecycle: Lifecycle, active: ActiveBundle | undefined): ServingState {
  if (lifecycle.isDraining()) return 'draining';
  return active === undefined ? 'starting' : 'ready';
}
