import type { Logger } from 'pino';

import type { ServiceConfig } from '../../ports/service-config';
import type { ServeFailure } from '../../ports/server-runner';
import type { SourceWatch } from '../../ports/policy-source';
import type { Telemetry } from '../../ports/telemetry';
import { createBundleStore } from '../../service/bundle-store';
import type { BundleStore } from '../../service/bundle-store';
import { createDecisionPoint } from '../../service/decision-point';
import type { DecisionPoint } from '../../service/decision-point';
import { createReloader } from '../../service/reloader';
import type { OpenedAudit } from '../../service/audit/opened-audit';
import type { LoadedPolicies } from '../../service/policy-loader';
import { createDecisionLog } from './decision-log';
import { createReloadEvents } from './service-events';
import { createReloadLog } from './reload-log';
import type { RunnerParts } from './runner-parts';

/** What decides, loaded and warm, with the watch over its sources. */
export interface Decider {
  readonly store: BundleStore;
  readonly point: DecisionPoint;
  readonly watch: SourceWatch;
}

/** What the rest of the service is told. */
export interface DeciderEvents {
  readonly log: Logger;
  readonly telemetry: Telemetry;
  readonly onDefect: (error: unknown) => void;
}

/** What is there before anything decides. */
export interface DeciderBasis {
  readonly store: BundleStore;
  /** Absent: no evidence is kept. */
  readonly audit: OpenedAudit | undefined;
  readonly events: DeciderEvents;
}

/** The store is made before anything else, so that its state can be read by those who are told of events. */
export function createStore(
  { clock }: RunnerParts,
  { maxStalenessMs }: ServiceConfig,
): BundleStore {
  return createBundleStore({ clock, ...(maxStalenessMs === undefined ? {} : { maxStalenessMs }) });
}

/** Loads the sources into the store. Sources with errors are not served. */
export async function startDeciding(
  parts: RunnerParts,
  config: ServiceConfig,
  { store, audit, events }: DeciderBasis,
): Promise<Decider | { readonly failure: ServeFailure }> {
  const { clock, ids, digestOf, source, logTo } = parts;
  const { log, telemetry, onDefect } = events;
  const logReload = createReloadLog(log, store);
  const tellReload = audit === undefined ? undefined : createReloadEvents(audit.events, store);
  const reloader = createReloader({
    roots: config.roots,
    dialects: await parts.loadDialects(config),
    digestOf,
    source,
    store,
    onLoaded: (loaded) => audit?.archive.store(loaded),
    onReload: (event) => {
      telemetry.reloaded(event.outcome);
      logReload(event);
      tellReload?.(event);
      if (event.outcome === 'activated') void keepLongEnough(audit, event.loaded, log);
    },
    onDefect,
  });
  const { outcome, loaded } = await reloader.reload();
  if (outcome === 'rejected' || outcome === 'torn') {
    const { findings, sources } = loaded;
    return { failure: { kind: 'policies', findings, sources } };
  }
  const records = createDecisionLog(config, logTo);
  const point = createDecisionPoint({
    ...{ store, clock, ids, log: records, onDefect },
    ...(audit === undefined ? {} : { audit: audit.audit }),
  });
  return { store, point, watch: reloader.watch() };
}

/** The evidence of decisions is kept for as long as the policies ask that made them. */
async function keepLongEnough(
  audit: OpenedAudit | undefined,
  { set }: LoadedPolicies,
  log: Logger,
): Promise<void> {
  if (set === undefined) return;
  const problem = await audit?.promiseFor(set);
  if (problem !== undefined) log.warn({ problem }, 'records are not kept as the policies ask');
}
