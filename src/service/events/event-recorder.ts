import type { AccessChange } from '../../ports/compare-bundles';
import type {
  BundleActivated,
  Happening,
  SecurityEvent,
  SecurityEvents,
  Staleness,
} from '../../ports/security-events';
import type { EventKind } from './catalogue';
import { createComparisons, type Comparisons } from './comparisons';
import { createEventQueue, type EventQueue } from './event-queue';
import { createRefusalFold, type RefusalFold } from './refusal-fold';
import type { FoldedRefusals, Mark } from './service-events';
import * as tell from './service-events';

/** Two bundles by their digests, and when the new one began to decide, in milliseconds since the epoch. */
export interface PairDigests {
  readonly old: string;
  readonly new: string;
  readonly atMs: number;
}

/** What recording events needs. */
export interface EventRecorderParts {
  /** `Trail.append`: resolves once the record is on the disk. It may reject or throw; then it is called again later. */
  readonly append: (recordJson: string) => Promise<unknown>;
  /** Milliseconds since the epoch. */
  readonly nowMs: () => number;
  /** Names this start of the process, unlike every other one: `ids.next(nowMs)` of the composition root will do. */
  readonly processUid: string;
  /** How stale the policies are; undefined: they are not. Read at every tick. Absent: there is no limit. */
  readonly staleness?: () => Staleness | undefined;
  /** Compares two bundles elsewhere. Called again only once it has ended; one that rejects is a defect. */
  readonly compare: (pair: PairDigests) => Promise<AccessChange>;
  /** Told of exceptions, which are defects. A happening that cannot be told counts as lost. */
  readonly onDefect: (error: unknown) => void;
}

/**
 * Records what happens to the service in the trail, as `{"version":1,"event":{...}}`. What the service has to call:
 *
 * 1. `tell({ kind: 'bundle_activated', now, before })` when a reload ends with `activated`, the first one included;
 *    `before` is what `store.active()` was before the reload. It is recorded once both bundles are compared, or at the
 *    end, under the instant and the number at which it was told.
 * 2. `tell({ kind: 'bundle_refused', outcome, findings, active })` when a reload ends with `rejected` or `torn`;
 *    `findings` are those of `loaded`, `active` what `store.active()` is. The reload of a start that fails, too, if the
 *    trail is open by then. Nothing for `unchanged`.
 * 3. `tell({ kind: 'caller_refused', ... })` for every refused call whose reason is `identity` or `rights`. It is folded
 *    here: call it for each one, however many there are.
 * 4. `tell({ kind: 'trail_damaged', ...damage.finding })` when another trail than the one that is appended to was found
 *    damaged. Nothing can be added to a damaged trail itself: `ambit audit events` shows what it finds there.
 * 5. `tick(nowMs)` about every second: it tells what is folded for a minute, sees policies turn stale, and tries again
 *    what could not be recorded.
 * 6. `close()` before the trail is closed. Bound its time where the disk may hang.
 *
 * Decisions are not told: their events are made from their records. Gaps are not told either: the trail states them.
 */
export interface EventRecorder extends SecurityEvents {
  /** Never throws and never waits. */
  tick(nowMs: number): void;
  /** Tells all that is folded or not compared yet; resolves once everything is recorded, or something could not be. Never rejects. */
  close(): Promise<void>;
  /** `lost` counts what never came into the queue since the start, and no `events_lost` takes it back. */
  stats(): { readonly waiting: number; readonly recorded: number; readonly lost: number };
}

/** Creates a recorder that has nothing to tell. */
export function createEventRecorder(parts: EventRecorderParts): EventRecorder {
  const recorder = new Recorder(parts);
  return {
    tell: (happening) => {
      recorder.guard(happening.kind, () => {
        recorder.take(happening, parts.nowMs());
      });
    },
    tick: (nowMs) => {
      recorder.tick(nowMs);
    },
    close: () => recorder.close(parts.nowMs()),
    stats: () => recorder.stats(),
  };
}

class Recorder {
  private readonly parts: EventRecorderParts;
  private readonly queue: EventQueue;
  private readonly fold: RefusalFold = createRefusalFold();
  private readonly comparisons: Comparisons;
  private readonly untold = new Map<EventKind, number>();
  private lost = 0;
  private counter = 0;
  private wasStale = false;

  constructor(parts: EventRecorderParts) {
    this.parts = parts;
    this.queue = createEventQueue(async (json) => parts.append(json));
    this.comparisons = createComparisons(parts.onDefect);
  }

  /** What must decide does not depend on what must be told. */
  guard(kind: EventKind, task: () => void): void {
    try {
      task();
    } catch (error) {
      this.lose(kind, 1);
      this.parts.onDefect(error);
    }
  }

  take(happening: Happening, nowMs: number): void {
    switch (happening.kind) {
      case 'caller_refused':
        if (!this.fold.add(happening, nowMs)) this.lose(happening.kind, 1);
        return;
      case 'bundle_activated':
        this.activated(happening, this.mark(happening.kind, nowMs));
        return;
      case 'bundle_refused':
        this.put(happening.kind, nowMs, (mark) => tell.bundleRefused(happening, mark));
        return;
      case 'trail_damaged':
        this.put(happening.kind, nowMs, (mark) => tell.trailDamaged(happening, mark));
    }
  }

  tick(nowMs: number): void {
    this.guard('policy_stale', () => {
      this.watchStaleness(nowMs);
    });
    this.settle(this.fold.takeDue(nowMs), nowMs);
    void this.queue.flush();
  }

  async close(nowMs: number): Promise<void> {
    this.comparisons.close();
    // One that is under way may have begun before what is added here.
    await this.queue.flush();
    this.settle(this.fold.takeAll(), nowMs);
    await this.queue.flush();
  }

  stats(): ReturnType<EventRecorder['stats']> {
    const { waiting, recorded } = this.queue;
    return { waiting, recorded, lost: this.lost };
  }

  /** Not before it is known who gains and loses what. Until then it holds no bundle, only names. */
  private activated({ now, before }: BundleActivated, mark: Mark): void {
    const named = {
      now: tell.nameOf(now),
      ...(before === undefined ? {} : { before: tell.nameOf(before) }),
    };
    const told = (access: AccessChange): void => {
      this.guard('bundle_activated', () => {
        this.record('bundle_activated', tell.bundleActivated({ ...named, access }, mark));
      });
    };
    if (named.before === undefined) {
      told({ known: false, why: 'first_bundle' });
      return;
    }
    const digests = { old: named.before.digest, new: named.now.digest, atMs: mark.timeMs };
    this.comparisons.want({ compare: () => this.parts.compare(digests), told });
  }

  /** Once for each time that policies turn stale. */
  private watchStaleness(nowMs: number): void {
    const staleness = this.parts.staleness?.();
    const turnsStale = staleness !== undefined && !this.wasStale;
    this.wasStale = staleness !== undefined;
    if (turnsStale) this.put('policy_stale', nowMs, (mark) => tell.policyStale(staleness, mark));
  }

  private settle(folds: readonly FoldedRefusals[], nowMs: number): void {
    for (const fold of folds) {
      this.guard('caller_refused', () => {
        this.put('caller_refused', nowMs, (mark) => tell.callerRefused(fold, mark), fold.count);
      });
    }
    this.tellLost(nowMs);
  }

  private tellLost(nowMs: number): void {
    if (this.untold.size === 0) return;
    const event = tell.eventsLost(Object.fromEntries(this.untold), this.mark('events_lost', nowMs));
    if (this.enqueue(event)) this.untold.clear();
  }

  private put(
    kind: EventKind,
    nowMs: number,
    make: (mark: Mark) => SecurityEvent,
    stoodFor = 1,
  ): void {
    this.record(kind, make(this.mark(kind, nowMs)), stoodFor);
  }

  private record(kind: EventKind, event: SecurityEvent, stoodFor = 1): void {
    if (!this.enqueue(event)) this.lose(kind, stoodFor);
    void this.queue.flush();
  }

  private enqueue(event: SecurityEvent): boolean {
    return this.queue.add(JSON.stringify({ version: 1, event }));
  }

  private mark(kind: EventKind, timeMs: number): Mark {
    this.counter += 1;
    const { processUid } = this.parts;
    return { uid: `${processUid}:${kind}:${String(timeMs)}:${String(this.counter)}`, timeMs };
  }

  private lose(kind: EventKind, count: number): void {
    this.lost += count;
    this.untold.set(kind, (this.untold.get(kind) ?? 0) + count);
  }
}
