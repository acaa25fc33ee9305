import type { Bundle } from '../core/engine/bundle';
import { validUntilMs } from '../core/engine/compile';
import type { Finding } from '../core/model/finding';
import type { BundleRef } from '../ports/answer';
import type { Clock } from '../ports/clock';
import type { LoadedPolicies } from './policy-loader';
import { warmBundle } from './warm-bundle';

/** How long before an expiry the verdicts for after it are made. More than the pause between two ticks. */
const PREPARE_AHEAD_MS = 10_000;

/** The bundle that decides, and since when. */
export interface ActiveBundle {
  readonly bundle: Bundle;
  /** Counts the bundles that this process has activated, from 1. */
  readonly sequence: number;
  readonly loadedAtMs: number;
  /** The names of the files that it was made from, in the order of reading. */
  readonly files: readonly string[];
}

/** A set of sources that was not accepted, and why. */
export interface RejectedSources {
  readonly rejectedAtMs: number;
  /** Errors first; at least one. */
  readonly findings: readonly Finding[];
}

/** What became of sources that were offered. */
export type OfferOutcome = 'activated' | 'unchanged' | 'rejected';

/** Holds the last good bundle. It is replaced whole, or not at all. */
export interface BundleStore {
  /** Takes what was loaded if it is valid; the same digest again only counts as a reading. */
  offer(loaded: LoadedPolicies): OfferOutcome;
  /** Tells that the sources were read again and are as they were when they were offered last. */
  confirm(): void;
  /** Makes the verdicts for after the next expiry if it is near, so that no decision has to wait for them. */
  prepare(): void;
  active(): ActiveBundle | undefined;
  /** Absent again once valid sources have been read. */
  lastRejected(): RejectedSources | undefined;
  /** Milliseconds since valid sources were last read, changed or not. Undefined: never. */
  ageMs(): number | undefined;
  /** True if the age is beyond the limit; false where there is no limit. */
  isStale(): boolean;
  /** How answers name the active bundle at this instant. */
  reference(nowMs: number): BundleRef | undefined;
}

/** What a store needs. */
export interface BundleStoreParts {
  readonly clock: Clock;
  /** Beyond this age decisions block. Absent: never. */
  readonly maxStalenessMs?: number;
}

interface StoreState {
  active?: ActiveBundle;
  rejected?: RejectedSources;
  lastReadAtMs?: number;
  preparedForMs?: number;
  reference?: BundleRef;
  /** The instant that the reference was made for; before it, another one may be the next. */
  referredMs?: number;
}

/** Creates a store without a bundle. */
export function createBundleStore({ clock, maxStalenessMs }: BundleStoreParts): BundleStore {
  const state: StoreState = {};
  const ageMs = (): number | undefined =>
    state.lastReadAtMs === undefined ? undefined : clock.nowMs() - state.lastReadAtMs;
  const isStale = (): boolean => {
    const age = maxStalenessMs === undefined ? undefined : ageMs();
    return age !== undefined && maxStalenessMs !== undefined && age > maxStalenessMs;
  };
  return {
    offer: (loaded) => offerTo(state, loaded, clock.nowMs()),
    confirm: () => {
      if (state.active !== undefined && state.rejected === undefined) {
        state.lastReadAtMs = clock.nowMs();
      }
    },
    prepare: () => {
      prepareNext(state, clock.nowMs());
    },
    active: () => state.active,
    lastRejected: () => state.rejected,
    ageMs,
    isStale,
    reference: (nowMs) => referTo(state, nowMs, isStale()),
  };
}

function offerTo(state: StoreState, loaded: LoadedPolicies, nowMs: number): OfferOutcome {
  const { bundle } = loaded;
  if (bundle === undefined) {
    state.rejected = { rejectedAtMs: nowMs, findings: errorsFirst(loaded.findings) };
    return 'rejected';
  }
  const unchanged = state.active?.bundle.digest === bundle.digest;
  if (!unchanged) {
    // Warm before it is seen: a bundle that cannot decide must not replace one that can.
    warmBundle(bundle, nowMs);
    state.active = {
      bundle,
      sequence: (state.active?.sequence ?? 0) + 1,
      loadedAtMs: nowMs,
      files: loaded.sources.map(({ name }) => name),
    };
    delete state.reference;
    delete state.preparedForMs;
  }
  delete state.rejected;
  state.lastReadAtMs = nowMs;
  return unchanged ? 'unchanged' : 'activated';
}

function errorsFirst(findings: readonly Finding[]): readonly Finding[] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  return [...errors, ...findings.filter(({ severity }) => severity !== 'error')];
}

function prepareNext(state: StoreState, nowMs: number): void {
  if (state.active === undefined) return;
  const nextMs = validUntilMs(state.active.bundle, nowMs);
  if (nextMs === undefined || nextMs - nowMs > PREPARE_AHEAD_MS) return;
  if (state.preparedForMs === nextMs) return;
  warmBundle(state.active.bundle, nextMs);
  state.preparedForMs = nextMs;
}

/** Kept between answers, because almost all of them have the same one. */
function referTo(state: StoreState, nowMs: number, stale: boolean): BundleRef | undefined {
  const { active, reference } = state;
  if (active === undefined) return undefined;
  const isBehind = nowMs >= (state.referredMs ?? -Infinity);
  const inForce = isBehind && nowMs < (reference?.validUntilMs ?? Infinity);
  if (reference !== undefined && inForce && reference.stale === stale) return reference;
  const { digest, settings } = active.bundle;
  const untilMs = validUntilMs(active.bundle, nowMs);
  const made: BundleRef = {
    digest,
    ...(settings.revision === undefined ? {} : { revision: settings.revision }),
    sequence: active.sequence,
    ...(untilMs === undefined ? {} : { validUntilMs: untilMs }),
    stale,
  };
  state.reference = made;
  state.referredMs = nowMs;
  return made;
}
