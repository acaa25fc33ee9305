#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { runCli } from './cli/run';
import type { CliDependencies, TextOutput, WatchParts } from './cli/dependencies';
import { loadDialects } from './load-dialects';
import { createClock } from './platform/clock';
import { digestOf } from './platform/digest';
import { doubleSmallHeap } from './platform/heap-growth';
import { createIdSource } from './platform/ids';
import type { MakeDiagnostics, OpenTracing } from './pep/grpc/runner-parts';
import type { HealthCheck } from './ports/health-check';
import type { RunServer } from './ports/server-runner';
import { allListeners } from './ports/service-config';
import type { OpenAudit } from './service/audit/opened-audit';
import { createFileReader } from './sources/files/file-reader';

/** Milliseconds that output has to be taken, once a command has ended. */
const EXIT_AFTER_MS = 1000;

/** The folder that holds `dist`, `proto` and package.json. */
const ROOT = join(__dirname, '..');

const reader = createFileReader();
const clock = createClock();
const ids = createIdSource();

// What a command does not use is not loaded: gRPC and the expression library cost more than most commands.
async function loadRunServer(): Promise<RunServer> {
  doubleSmallHeap();
  const { createLogOutput } = await import('./platform/log-output.js');
  const { createFileSource } = await import('./sources/files/file-source.js');
  const { createServerRunner } = await import('./pep/grpc/run-server.js');
  const { apiServerWith } = await import('./pep/http/api-server.js');
  const { authorizationService, createCheckAnswerer } =
    await import('./pep/ext-authz/check-handlers.js');
  return createServerRunner({
    source: createFileSource(reader),
    loadDialects: ({ keeptrustsStatus }) => loadDialects(keeptrustsStatus),
    clock,
    ids,
    digestOf,
    version: readVersion(),
    logTo: createLogOutput(1),
    protoDirectory: join(ROOT, 'proto'),
    services: [authorizationService],
    makeHttpServer: apiServerWith(createCheckAnswerer),
    makeDiagnostics: await loadDiagnostics(),
    openAudit,
    openTracing,
    environment: process.env,
  });
}

const openAudit: OpenAudit = async (config, surroundings) => {
  const { createAuditOpener } = await import('./service/audit/open-audit.js');
  const { createAuditStore } = await import('./audit/files/audit-store.js');
  const { createSinkOpener } = await import('./audit/sinks/open-sinks.js');
  const { processTimers } = await import('./platform/timers.js');
  const { compareInThread } = await import('./platform/compare-in-thread.js');
  const open = createAuditOpener({
    ...{ clock, ids, timers: processTimers, store: createAuditStore(process.env) },
    openSinks: createSinkOpener(process.env),
    compareBundles: compareInThread(join(__dirname, 'compare-thread.js')),
    random: Math.random,
    elapsedMs: () => performance.now(),
  });
  return open(config, surroundings);
};

const openTracing: OpenTracing = async (config, onProblem) => {
  const tracing = await import('./platform/tracing/create-tracing.js');
  const parts = { clock, version: readVersion(), onProblem };
  return tracing.openTracing(config, process.env, parts);
};

async function loadDiagnostics(): Promise<MakeDiagnostics> {
  const { createMetrics } = await import('./platform/metrics/create-metrics.js');
  const { startDiagnostics } = await import('./pep/http/diagnostics-server.js');
  return (config, { readState, liveness, onDefect }) => {
    const metrics = createMetrics({
      version: readVersion(),
      callers: config.callers.map(({ name }) => name),
      listeners: allListeners(config).map(({ address }) => address),
      readState,
      measuresProcess: true,
    });
    const readiness = (): readonly HealthCheck[] => readState().readiness;
    const sources = { liveness, readiness, metrics, onDefect };
    const { diagnosticsAddress: address } = config;
    return {
      telemetry: metrics.telemetry,
      open: async () => {
        if (address === undefined) return { close: () => Promise.resolve() };
        const started = await startDiagnostics({ ...sources, address });
        return 'problem' in started ? started : started.diagnostics;
      },
    };
  };
}

function readVersion(): string {
  const packageFile: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return String((packageFile as { readonly version: unknown }).version);
}

function outputTo(stream: NodeJS.WriteStream): TextOutput {
  return {
    write: (text) => void stream.write(text),
    isTty: stream.isTTY,
    ...(stream.isTTY ? { columns: stream.columns } : {}),
  };
}

const dependencies: CliDependencies = {
  version: readVersion(),
  stdout: outputTo(process.stdout),
  stderr: outputTo(process.stderr),
  environment: process.env,
  clock,
  reader,
  digestOf,
  ids,
  loadDialects,
  loadWireJson: async () => (await import('./pep/grpc/wire-json.js')).wireJson,
  loadConnect: async () => {
    // The library names even an IP address in the handshake, which Node warns of, and whoever asks cannot mend.
    process.noDeprecation = true;
    return (await import('./pep/grpc/client/connect.js')).connect;
  },
  loadEnvoyConfig: async () =>
    (await import('./pep/envoy-config/write-envoy-config.js')).writeEnvoyConfig,
  loadEnvoyLint: async () => (await import('./pep/envoy-lint/envoy-lint.js')).createEnvoyLint(),
  loadLogReader: async () => (await import('./sources/files/log-reader.js')).createLogReader(),
  loadTrailTools: async () => (await import('./audit/files/trail-tools.js')).trailTools,
  loadAuditCheck: async () => {
    const { createAuditCheck } = await import('./service/audit/check-audit.js');
    const { createAuditStore } = await import('./audit/files/audit-store.js');
    const { createAuditLook } = await import('./audit/look.js');
    const [store, look] = [createAuditStore(process.env), createAuditLook(process.env)];
    return createAuditCheck({ store, look });
  },
  loadRunServer,
  loadWatch: async () => {
    const { createFileSource } = await import('./sources/files/file-source.js');
    return { source: createFileSource(reader), ...(await loadInterruption()) };
  },
  loadFollow: async () => ({
    ...(await loadInterruption()),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  }),
};

/** The process is no longer ended by signals, but asked to end. */
async function loadInterruption(): Promise<Pick<WatchParts, 'interrupted'>> {
  const { onShutdownSignal } = await import('./platform/shutdown.js');
  const interrupted = new Promise<void>((resolve) => {
    onShutdownSignal(() => {
      resolve();
    });
  });
  return { interrupted };
}

// Whoever reads our output may stop early, as `head` does; that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void runCli(process.argv.slice(2), dependencies).then((code) => {
  process.exitCode = code;
  // What is still open then, such as a log that nobody can write, must not keep the process.
  setTimeout(() => process.exit(), EXIT_AFTER_MS).unref();
});
