import { setLogger } from '@grpc/grpc-js';
import type { Server } from '@grpc/grpc-js';
import type { Logger } from 'pino';

import type { LogOutput } from '../../platform/log-output';
import { createLogger, createRecordLogger, textOfError } from '../../platform/logging';
import { onShutdownSignal } from '../../platform/shutdown';
import type { Clock } from '../../ports/clock';
import type { DigestOf, IdSource } from '../../ports/id-source';
import type { PolicyDialect } from '../../ports/policy-dialect';
import type { PolicySource } from '../../ports/policy-source';
import type {
  RunningServer,
  RunServer,
  ServeFailure,
  ServeOptions,
} from '../../ports/server-runner';
import { createBundleStore } from '../../service/bundle-store';
import type { BundleStore } from '../../service/bundle-store';
import { createDecisionPoint } from '../../service/decision-point';
import { createReloader } from '../../service/reloader';
import type { Reloader } from '../../service/reloader';
import { createLifecycle } from '../../service/status';
import type { MakeService } from '../service-factory';
import { createDecisionLog } from './decision-log';
import { createHealth } from './health';
import { checkListeners, listenOn } from './listeners';
import { createOpenCalls } from './open-calls';
import { createReloadLog } from './reload-log';
import { createGrpcServer } from './server';
import { drain, DEFAULT_DRAIN_MS } from './shutdown';

/** What a runner needs of the world. */
export interface RunnerParts {
  readonly source: PolicySource;
  readonly loadDialects: () => Promise<readonly PolicyDialect[]>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly digestOf: DigestOf;
  readonly version: string;
  /** Where the log goes. */
  readonly logTo: LogOutput;
  /** The folder of the contract's `.proto` files, for reflection. */
  readonly protoDirectory: string;
  /** Services of other edges, such as Envoy's authorization. */
  readonly services: readonly MakeService[];
}

/** Creates what `serve` runs. */
export function createServerRunner(parts: RunnerParts): RunServer {
  return async (options) => {
    const listeners = checkListeners(options.listen, options.insecure);
    if ('problem' in listeners) return addressFailure(listeners.problem);
    const log = createLogger(options.logLevel, parts.logTo);
    quietLibrary(log);
    const started = await startService(parts, options, log);
    if ('failure' in started) return started;
    const { server, stop } = started;
    const bound = await listenOn(server, listeners.addresses);
    if ('problem' in bound) {
      await stop([]);
      return addressFailure(bound.problem);
    }
    started.onListening();
    for (const address of bound.addresses) log.info({ address }, 'listening');
    const { addresses } = bound;
    return { server: runUntilStopped(parts, log, addresses, () => stop(addresses)) };
  };
}

/** What the library has to say is for those who look for it; what a user must know is said by us. */
function quietLibrary(log: Logger): void {
  const tell = (text: unknown): void => {
    log.debug({ library: 'grpc-js', text: String(text) });
  };
  setLogger({ error: tell, info: tell, debug: tell });
}

function addressFailure(message: string): { readonly failure: ServeFailure } {
  return { failure: { kind: 'address', message } };
}

/** A service that is loaded and warm, and does not listen yet. */
interface StartedService {
  readonly server: Server;
  readonly onListening: () => void;
  /** Takes the addresses that it listens on. */
  readonly stop: (addresses: readonly string[]) => Promise<void>;
}

async function startService(
  parts: RunnerParts,
  options: ServeOptions,
  log: Logger,
): Promise<StartedService | { readonly failure: ServeFailure }> {
  const { clock, ids, digestOf, version } = parts;
  const onDefect = (error: unknown): void => {
    log.error({ error: textOfError(error) }, 'a defect; nothing was let through');
  };
  const { maxStalenessMs } = options;
  const store = createBundleStore({
    clock,
    ...(maxStalenessMs === undefined ? {} : { maxStalenessMs }),
  });
  const reloader = await createFileReloader(parts, options, { store, log, onDefect });
  const { outcome, loaded } = await reloader.reload();
  if (outcome === 'rejected' || outcome === 'torn') {
    const { findings, sources } = loaded;
    return { failure: { kind: 'policies', findings, sources } };
  }
  const lifecycle = createLifecycle();
  const records = createRecordLogger(options.logLevel, parts.logTo);
  const calls = createOpenCalls();
  const health = createHealth();
  const point = createDecisionPoint({
    store,
    clock,
    ids,
    log: createDecisionLog(records),
    onDefect,
  });
  const server = createGrpcServer(
    { point, store, clock, digestOf, lifecycle, version, onDefect },
    { calls, health, protoDirectory: parts.protoDirectory, services: parts.services },
  );
  const watch = reloader.watch();
  return {
    server,
    onListening: () => {
      health.setServing(true);
    },
    stop: async (addresses) => {
      lifecycle.startDraining();
      health.setServing(false);
      watch.close();
      const timeoutMs = options.drainTimeoutMs ?? DEFAULT_DRAIN_MS;
      await drain(server, { calls, addresses, point, timeoutMs });
    },
  };
}

async function createFileReloader(
  parts: RunnerParts,
  options: ServeOptions,
  {
    store,
    log,
    onDefect,
  }: {
    readonly store: BundleStore;
    readonly log: Logger;
    readonly onDefect: (error: unknown) => void;
  },
): Promise<Reloader> {
  return createReloader({
    roots: options.roots,
    dialects: await parts.loadDialects(),
    digestOf: parts.digestOf,
    source: parts.source,
    store,
    onReload: createReloadLog(log, store),
    onDefect,
  });
}

/** Stops once, whether a signal or a caller asks for it. */
function runUntilStopped(
  { logTo }: RunnerParts,
  log: Logger,
  addresses: readonly string[],
  stopService: () => Promise<void>,
): RunningServer {
  let stopping: Promise<void> | undefined;
  let settle: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const stop = (): Promise<void> => {
    stopping ??= stopService().then(async () => {
      release();
      log.info('stopped');
      await logTo.flush();
      settle();
    });
    return stopping;
  };
  const release = onShutdownSignal((signal) => {
    log.info({ signal }, 'stopping');
    void stop();
  });
  return { addresses, stopped, stop };
}
