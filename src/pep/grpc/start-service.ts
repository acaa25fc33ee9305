import type { ServeFailure } from '../../ports/server-runner';
import type { Staleness } from '../../ports/security-events';
import type { ListenerConfig, ServiceConfig } from '../../ports/service-config';
import type { Telemetry } from '../../ports/telemetry';
import type { OpenedAudit } from '../../service/audit/opened-audit';
import type { Tracing } from '../../ports/tracing';
import type { BundleStore } from '../../service/bundle-store';
import { createLiveness } from '../../service/liveness';
import type { Liveness } from '../../service/liveness';
import { hasFailed } from '../../service/refusals';
import { readStaleness } from '../../service/staleness';
import { warmBundle } from '../../service/warm-bundle';
import { createLifecycle } from '../../service/status';
import type { Lifecycle } from '../../service/status';
import { createCallRules } from '../call-rules';
import type { CallRules } from '../call-rules';
import type { Identify } from '../identity';
import type { SocketServer } from '../socket-server';
import { createAuditLog, createSinkLog, tellEvidence } from './audit-log';
import { createIdentities } from './callers';
import { createStore, startDeciding } from './decider';
import type { Decider } from './decider';
import { grpcSockets } from './grpc-sockets';
import { createHealth } from './health';
import type { Health } from './health';
import { overloadFailure } from './load/refusals';
import { createServiceLoad } from './load/service-load';
import type { ServiceLoad } from './load/service-load';
import { createOpenCalls } from './open-calls';
import type { OpenCalls } from './open-calls';
import { closeAll, openListeners } from './open-listeners';
import type { OpenListener } from './open-listeners';
import { createRefusalLog } from './refusal-log';
import type { RefusalLog } from './refusal-log';
import type { RunnerParts, ServiceVoice } from './runner-parts';
import { tellExposedSecrets } from './secret-log';
import { createGrpcServer } from './server';
import { tellRefusal } from './service-events';
import { readServiceState } from './service-state';
import { refuseLate } from './shutdown';
import { startTracing } from './start-tracing';

/** A service that listens and is ready. */
export interface StartedService {
  readonly addresses: readonly string[];
  readonly diagnosticsAddress?: string;
  /** Not ready first; then calls in flight end; then all is closed. */
  readonly stop: () => Promise<void>;
}

interface Failed {
  readonly failure: ServeFailure;
}

/** What all listeners share. */
interface Shared {
  readonly config: ServiceConfig;
  /** Undefined: no evidence is kept. */
  readonly audit: OpenedAudit | undefined;
  readonly decider: Decider;
  readonly telemetry: Telemetry;
  readonly lifecycle: Lifecycle;
  readonly calls: OpenCalls;
  readonly load: ServiceLoad;
  readonly health: Health;
  readonly refusals: RefusalLog;
  /** Absent: nothing is traced. */
  readonly tracing?: Tracing;
  readonly voice: ServiceVoice;
}

/** Loads and warms the bundle, then listens, then is ready; or starts nothing at all. */
export async function startService(
  parts: RunnerParts,
  config: ServiceConfig,
  voice: ServiceVoice,
): Promise<StartedService | Failed> {
  await tellExposedSecrets(config, voice.log);
  const traced = await startTracing(parts, config, voice.log);
  if ('failure' in traced) return traced;
  const store = createStore(parts, config);
  const audit = await openAudit(parts, config, { ...voice, store });
  if (audit !== undefined && 'failure' in audit) return audit;
  tellEvidence(voice.log, config.audit, audit?.keyId);
  const lifecycle = createLifecycle();
  const opened: OpenListener[] = [];
  const load = createServiceLoad(config.limits);
  const readState = readServiceState({
    ...{ parts, config, store, lifecycle, opened, load, ...traced },
    ...(audit === undefined ? {} : { audit: audit.audit }),
  });
  const liveness = createLiveness(() => canDecide(store, parts.clock.nowMs()));
  const diagnostics = parts.makeDiagnostics(config, {
    readState,
    liveness: liveness.checks,
    onDefect: (error) => {
      told.onDefect(error);
    },
  });
  const telemetry = withLiveness(diagnostics.telemetry, liveness);
  const told: ServiceVoice = {
    log: voice.log,
    onDefect: (error) => {
      telemetry.failed();
      voice.onDefect(error);
    },
  };
  const events = { ...told, telemetry };
  const decider = await startDeciding(parts, config, { store, audit, events });
  if ('failure' in decider) {
    load.stop();
    await audit?.audit.close();
    return decider;
  }
  const refusals = createRefusalLog(voice.log, parts.clock.nowMs);
  const shared: Shared = {
    ...{ config, audit, decider, telemetry, lifecycle, load, refusals, ...traced },
    calls: createOpenCalls(load.boundWrites),
    health: createHealth(),
    voice: told,
  };
  const listening = await listen(parts, shared);
  if ('problem' in listening) return abandon(shared, [], listening.problem);
  const probes = await diagnostics.open();
  if ('problem' in probes) return abandon(shared, listening.opened, probes.problem);
  opened.push(...listening.opened);
  const addresses = opened.map(({ listener }) => listener.address);
  shared.health.setServing(true);
  if (probes.address !== undefined) voice.log.info({ address: probes.address }, 'diagnostics');
  for (const address of addresses) voice.log.info({ address }, 'listening');
  return {
    addresses,
    ...(probes.address === undefined ? {} : { diagnosticsAddress: probes.address }),
    stop: async () => {
      await stopService(shared, opened);
      await probes.close();
    },
  };
}

/** Undefined where the configuration asks for no evidence. */
async function openAudit(
  parts: RunnerParts,
  config: ServiceConfig,
  { log, onDefect, store }: ServiceVoice & { readonly store: BundleStore },
): Promise<OpenedAudit | Failed | undefined> {
  const { audit } = config;
  if (audit === undefined) return undefined;
  const logs = { reports: createAuditLog(log), sinkReports: createSinkLog(log) };
  const staleness = (): Staleness | undefined => readStaleness(store, config);
  const opened = await parts.openAudit({ ...config, audit }, { ...logs, staleness, onDefect });
  if ('opened' in opened) return opened.opened;
  return { failure: { kind: 'audit', message: opened.problem } };
}

/** Tries what every decision needs. Without a bundle there is nothing to try, and a restart would bring none. */
function canDecide(store: BundleStore, nowMs: number): boolean {
  const active = store.active();
  try {
    if (active !== undefined) warmBundle(active.bundle, nowMs);
    return true;
  } catch {
    return false;
  }
}

/** What is counted tells as well whether a restart would help. */
function withLiveness(telemetry: Telemetry, liveness: Liveness): Telemetry {
  return {
    ...telemetry,
    decided: (call) => {
      // A block that a defect ended in is an answer, and no sign of life.
      if (!hasFailed(call.decision)) liveness.decided();
      telemetry.decided(call);
    },
    failed: () => {
      liveness.failed();
      telemetry.failed();
    },
  };
}

async function abandon(
  { decider, load, audit }: Shared,
  opened: readonly OpenListener[],
  message: string,
): Promise<Failed> {
  decider.watch.close();
  load.stop();
  await closeAll(opened, 0);
  await audit?.audit.close();
  return { failure: { kind: 'address', message } };
}

async function stopService(shared: Shared, opened: readonly OpenListener[]): Promise<void> {
  const { config, decider, lifecycle, calls, health } = shared;
  const beganMs = performance.now();
  lifecycle.startDraining();
  health.setServing(false);
  decider.watch.close();
  calls.endWhenQuiet();
  const late = refuseLate(decider.point, config.drainTimeoutMs);
  await closeAll(opened, config.drainTimeoutMs);
  late.cancel();
  await shared.tracing?.stop(config.drainTimeoutMs - (performance.now() - beganMs));
  shared.load.stop();
  await shared.audit?.audit.close();
}

function listen(parts: RunnerParts, shared: Shared): ReturnType<typeof openListeners> {
  const identifyAt = createIdentities(shared.config, parts.clock.nowMs);
  const { refusals, telemetry, audit } = shared;
  return openListeners({
    config: shared.config,
    environment: parts.environment,
    log: shared.voice.log,
    serverOf: (listener) => serverOf(parts, shared, { listener, identify: identifyAt(listener) }),
    httpServerOf: (listener) =>
      httpServerOf(parts, shared, { listener, identify: identifyAt(listener) }),
    eventsOf: ({ address }) => ({
      onHandshakeFailed: (reason, peer) => {
        telemetry.handshakeFailed(address);
        refusals.handshakeFailed(address, reason, peer);
        audit?.events.tell({ ...UNKNOWN_CALLER, listener: address });
      },
      onConnectionRefused: () => {
        telemetry.connectionRefused(address);
        refusals.connectionRefused(address);
      },
    }),
  });
}

/** Who does not get through a handshake has shown nothing that can be told. */
const UNKNOWN_CALLER = { kind: 'caller_refused', reason: 'identity', caller: '' } as const;

/** A listener, and how it is known who asks there. */
interface Counter {
  readonly listener: ListenerConfig;
  readonly identify: Identify;
}

function rulesOf({ clock }: RunnerParts, shared: Shared, counter: Counter): CallRules {
  const { config, telemetry, refusals, voice, load, audit, tracing } = shared;
  return createCallRules({
    identify: counter.identify,
    telemetry,
    deadlineMarginMs: config.limits.deadline_margin_ms,
    shedRequest: () => {
      const reason = load.shedRequest();
      return reason === undefined ? undefined : overloadFailure(reason);
    },
    ...(tracing === undefined ? {} : { beginSpan: tracing.begin }),
    onRefused: (failure, caller) => {
      telemetry.refused({
        caller: caller?.name ?? '',
        status: failure.code,
        reason: failure.reason,
      });
      refusals.refused(counter.listener.address, failure, caller);
      tellRefusal(audit?.events, counter.listener.address, { failure, caller });
    },
    onDefect: voice.onDefect,
    nowMs: clock.nowMs,
  });
}

function serverOf(parts: RunnerParts, shared: Shared, counter: Counter): SocketServer {
  const { clock, digestOf, version, protoDirectory, services } = parts;
  const { config, decider, lifecycle, calls, health, refusals, load } = shared;
  const { limits, clientPreferences } = config;
  const rules = rulesOf(parts, shared, counter);
  const { point, store } = decider;
  const server = createGrpcServer(
    { point, store, clock, digestOf, lifecycle, version, rules, limits, clientPreferences },
    {
      calls,
      health,
      protoDirectory,
      services,
      guard: (guarded, denials) => {
        load.guard(guarded, {
          denials,
          events: {
            onRefused: (failure) => {
              rules.refused(failure, {});
            },
            onSentAway: (offence) => {
              refusals.sentAway(counter.listener.address, offence);
            },
          },
        });
      },
    },
  );
  return grpcSockets(server);
}

function httpServerOf(parts: RunnerParts, shared: Shared, counter: Counter): SocketServer {
  const { config, decider, load, refusals } = shared;
  return parts.makeHttpServer({
    point: decider.point,
    rules: rulesOf(parts, shared, counter),
    limits: config.limits,
    clientPreferences: config.clientPreferences,
    shareLoad: load.shareOf(() => {
      refusals.sentAway(counter.listener.address, 'bytes');
    }),
  });
}
