import type { AnswerCounter } from '../../ports/answer-counter';
import type { AuditDirectory, AuditStore } from '../../ports/audit-store';
import type { Clock } from '../../ports/clock';
import type { CompareBundles } from '../../ports/compare-bundles';
import type { IdSource } from '../../ports/id-source';
import type { OpenedSinks, OpenSinks } from '../../ports/opened-sinks';
import type { AuditConfig } from '../../ports/service-config';
import type { Timers } from '../../ports/timers';
import type { Retention, Trail } from '../../ports/trail';
import { createBundleArchive } from '../bundles/store-bundle';
import { compareFrom } from '../events/compare-stored';
import { createEventRecorder } from '../events/event-recorder';
import { trailDamaged } from '../events/service-events';
import { createAppendSignal, type AppendSignal } from '../sinks/append-signal';
import { startSinks, type RunningSinks } from '../sinks/start-sinks';
import { openTrail } from '../trail/open-trail';
import type { TrailSigners } from '../trail/recover-trail';
import { TrailDamage } from '../trail/trail-error';
import { problemOf } from './audit-health';
import type { AuditedConfig, AuditSurroundings, OpenAudit, OpenedAudit } from './opened-audit';
import { noteMode, stateKilled } from './killed-answers';
import { runAudit } from './run-audit';
import { mergedWith, wantedRetention } from './wanted-retention';

/** What opening needs of the world. */
export interface OpenAuditParts {
  readonly store: AuditStore;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Milliseconds that only grow, as asks say when they began. */
  readonly elapsedMs: () => number;
  readonly timers: Timers;
  readonly openSinks: OpenSinks;
  readonly compareBundles: CompareBundles;
  /** A number in [0, 1). */
  readonly random: () => number;
}

/** Creates what opens the evidence of a service. */
export function createAuditOpener(parts: OpenAuditParts): OpenAudit {
  return async (config, surroundings) => {
    const { directory } = config.audit;
    const signers = await readSigners(config.audit, parts.store);
    if ('problem' in signers) return signers;
    try {
      const opening = new Opening(parts, config, await parts.store.open(directory));
      return { opened: await opening.open(signers, surroundings) };
    } catch (error) {
      if (error instanceof TrailDamage) tellDamage(error, parts, surroundings);
      return { problem: `the trail in \`${directory}\` cannot be opened: ${problemOf(error)}` };
    }
  };
}

/** What evidence is kept in and sent to. */
interface Kept {
  readonly trail: Trail;
  readonly counter: AnswerCounter;
  /** Decisions without a record of the process before. */
  readonly killed: number | null;
  readonly feeds: RunningSinks;
}

class Opening {
  private readonly parts: OpenAuditParts;
  private readonly config: AuditedConfig;
  private readonly directory: AuditDirectory;

  constructor(parts: OpenAuditParts, config: AuditedConfig, directory: AuditDirectory) {
    this.parts = parts;
    this.config = config;
    this.directory = directory;
  }

  async open(signers: TrailSigners, surroundings: AuditSurroundings): Promise<OpenedAudit> {
    const { clock, store } = this.parts;
    const { trail: files } = this.directory;
    const { crypto } = store;
    const { ring: onCommitted, onAppended } = createAppendSignal();
    const trail = await openTrail({ files, crypto, clock, signers, onCommitted });
    let sinks: OpenedSinks | undefined;
    try {
      sinks = await this.openSinks(trail.head() === undefined);
      const counter = this.directory.openCounter();
      const killed = await this.beginCount(trail, counter);
      const feeds = this.startSinks(sinks, { trail, onAppended, surroundings });
      const keyId = crypto.keyIdOf(signers.current.publicKey);
      return { ...this.run({ trail, counter, killed, feeds }, surroundings), keyId };
    } catch (error) {
      await Promise.all((sinks?.sinks ?? []).map((sink) => sink.close()));
      await trail.close().catch(() => undefined);
      throw error;
    }
  }

  private async openSinks(isEmpty: boolean): Promise<OpenedSinks> {
    const { sinks, directory } = this.config.audit;
    const opened = await this.parts.openSinks({ settings: sinks, directory, isEmpty });
    if ('problem' in opened) throw new Error(opened.problem);
    return opened.opened;
  }

  /** The order matters: as long as a count has not been stated, it stands there to be found. */
  private async beginCount(trail: Trail, counter: AnswerCounter): Promise<number | null> {
    const { crypto } = this.parts.store;
    const killed = await stateKilled(trail, counter.before, {
      reader: this.directory.trail,
      crypto,
    });
    counter.write({ made: 0, accounted: 0, sequence: trail.head()?.sequence ?? 0 });
    await noteMode(trail, this.config.audit.mode);
    return killed;
  }

  private startSinks(
    opened: OpenedSinks,
    {
      trail,
      onAppended,
      surroundings,
    }: Pick<AppendSignal, 'onAppended'> & {
      readonly trail: Trail;
      readonly surroundings: AuditSurroundings;
    },
  ): RunningSinks {
    const { timers, random } = this.parts;
    const { sinkReports: reports } = surroundings;
    const reader = this.directory.trail;
    return startSinks({
      ...{ opened, trail, reader, appended: { onAppended } },
      ...{ reports, timers, random },
    });
  }

  private run(
    { trail, counter, killed, feeds }: Kept,
    { reports, staleness, onDefect }: AuditSurroundings,
  ): Omit<OpenedAudit, 'keyId'> {
    const { clock, ids, elapsedMs, timers, compareBundles } = this.parts;
    const { nowMs } = clock;
    const { mode, queue: maxQueued, attributes, decisions } = this.config.audit;
    const archive = createBundleArchive(this.directory.bundles, this.config);
    const processUid = ids.next(nowMs());
    const events = createEventRecorder({
      append: (recordJson) => trail.append(recordJson),
      compare: compareFrom(archive, compareBundles),
      ...{ nowMs, staleness, onDefect, processUid },
    });
    const record = { attributes, recordsAll: decisions === 'all', elapsedMs };
    const audit = runAudit({
      ...{ mode, trail, counter, killed, archive, record, events, feeds },
      ...{ nowMs, maxQueued, timers, reports },
    });
    return {
      ...{ audit, archive, events },
      promiseFor: (set) => promise(trail, wantedRetention(this.config.audit, set)),
    };
  }
}

/** Whoever watches the log learns of it as of every other event; the trail itself takes nothing any more. */
function tellDamage(
  { finding }: TrailDamage,
  { clock, ids }: OpenAuditParts,
  { reports }: AuditSurroundings,
): void {
  const timeMs = clock.nowMs();
  const uid = `${ids.next(timeMs)}:trail_damaged:${String(timeMs)}:1`;
  reports.damaged(finding, trailDamaged(finding, { uid, timeMs }));
}

async function promise(trail: Trail, wanted: Retention | undefined): Promise<string | undefined> {
  if (wanted === undefined) return undefined;
  const kept = mergedWith(trail.retention(), wanted);
  try {
    await trail.promise(kept);
  } catch (error) {
    return problemOf(error);
  }
  const isAsWanted = kept.keepMs === wanted.keepMs && kept.immutable === wanted.immutable;
  return isAsWanted ? undefined : 'an earlier promise, which nobody may shorten or revoke, is kept';
}

async function readSigners(
  { privateKey, previousKey }: AuditConfig,
  store: AuditStore,
): Promise<TrailSigners | { readonly problem: string }> {
  const current = await store.readSigner(privateKey);
  if ('problem' in current) return current;
  if (previousKey === undefined) return { current };
  const previous = await store.readSigner(previousKey);
  return 'problem' in previous ? previous : { current, previous };
}
