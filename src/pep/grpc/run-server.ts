import { setLogger } from '@grpc/grpc-js';
import type { Logger } from 'pino';

import { parseAddress } from '../../platform/address';
import { plaintextProblem } from '../../platform/config/listener-problem';
import { createLogger, textOfError } from '../../platform/logging';
import { onShutdownSignal } from '../../platform/shutdown';
import type { RunningServer, RunServer, ServeFailure } from '../../ports/server-runner';
import { allListeners } from '../../ports/service-config';
import type { ListenerConfig, ServiceConfig } from '../../ports/service-config';
import type { RunnerParts, ServiceVoice } from './runner-parts';
import { startService } from './start-service';
import type { StartedService } from './start-service';

/** Creates what `serve` runs. */
export function createServerRunner(parts: RunnerParts): RunServer {
  return async (config) => {
    const log = createLogger(config.logLevel, parts.logTo);
    quietLibrary(log);
    const onDefect = (error: unknown): void => {
      log.error({ error: textOfError(error) }, 'a defect; nothing was let through');
    };
    const started = await startSafely(parts, config, { log, onDefect });
    if ('failure' in started) {
      // The process ends before anything else would have what it said written.
      await parts.logTo.flush();
      return started;
    }
    return { server: runUntilStopped(parts, log, started) };
  };
}

function startSafely(
  parts: RunnerParts,
  config: ServiceConfig,
  voice: ServiceVoice,
): Promise<StartedService | { readonly failure: ServeFailure }> {
  const message = problemOfListeners(config);
  if (message === undefined) return startService(parts, config, voice);
  return Promise.resolve({ failure: { kind: 'address', message } });
}

/** Whoever made the configuration, nothing is listened on that it should not be. */
function problemOfListeners(config: ServiceConfig): string | undefined {
  if (config.listeners.length === 0) return 'there is no address to listen on';
  for (const listener of allListeners(config)) {
    const { address } = listener;
    if (parseAddress(address) === undefined) {
      return `\`${address}\` is no address; write \`HOST:PORT\` or \`unix:/PATH\``;
    }
    const problem = plaintextProblem(listener);
    if (problem !== undefined) return `${problem.message}; ${problem.help}`;
    if (!tellsCaller(listener, config)) {
      return `nothing tells which caller asks at \`${address}\`; name one there, or ask for certificates`;
    }
  }
  return undefined;
}

/** True if everyone at the listener is known to be one of the callers, in one way, or there are none. */
function tellsCaller({ caller, tls }: ListenerConfig, { callers }: ServiceConfig): boolean {
  const asksCertificate = tls?.clientCaFile !== undefined;
  if (caller === undefined) return callers.length === 0 || asksCertificate;
  return !asksCertificate && callers.some(({ name }) => name === caller);
}

/** What the library has to say is for those who look for it; what a user must know is said by us. */
function quietLibrary(log: Logger): void {
  const tell = (text: unknown): void => {
    log.debug({ library: 'grpc-js', text: String(text) });
  };
  setLogger({ error: tell, info: tell, debug: tell });
}

/** Stops once, whether a signal or a caller asks for it. */
function runUntilStopped(
  { logTo }: RunnerParts,
  log: Logger,
  service: StartedService,
): RunningServer {
  let stopping: Promise<void> | undefined;
  let settle: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const stop = (): Promise<void> => {
    stopping ??= service.stop().then(async () => {
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
  const { addresses, diagnosticsAddress } = service;
  return {
    addresses,
    ...(diagnosticsAddress === undefined ? {} : { diagnosticsAddress }),
    stopped,
    stop,
  };
}
