import { DIALECTS } from '../../support/dialects';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  authorizationService,
  createCheckAnswerer,
} from '../../../src/pep/ext-authz/check-handlers';
import { apiServerWith } from '../../../src/pep/http/api-server';
import { createAuditStore } from '../../../src/audit/files/audit-store';
import { createSinkOpener } from '../../../src/audit/sinks/open-sinks';
import { createAuditOpener } from '../../../src/service/audit/open-audit';
import { compareStored } from '../../../src/service/events/compare-stored';
import { processTimers } from '../../../src/platform/timers';
import { createServerRunner } from '../../../src/pep/grpc/run-server';
import { createClock } from '../../../src/platform/clock';
import { openTracing } from '../../../src/platform/tracing/create-tracing';
import { DEFAULT_DRAIN_MS } from '../../../src/platform/config/defaults';
import { digestOf } from '../../../src/platform/digest';
import { createIdSource } from '../../../src/platform/ids';
import type { ServiceConfig } from '../../../src/ports/service-config';
import { DEFAULT_CLIENT_PREFERENCES } from '../../../src/ports/client-preferences';
import { DEFAULT_LIMITS } from '../../../src/ports/service-limits';
import { createTestDiagnostics } from './diagnostics';
import type { TestDiagnostics } from './diagnostics';
import { createFileReader } from '../../../src/sources/files/file-reader';
import { createFileSource } from '../../../src/sources/files/file-source';

const STORED_PARTS = { digestOf, loadDialects: () => Promise.resolve(DIALECTS) };

/** The folder of the contract. */
export const PROTO_DIRECTORY = join(__dirname, '..', '..', '..', 'proto');

/** A small world: one target that passes, one that trains, one of which nothing is known. */
export const POLICY_FILE = `apiVersion: ambit/v1
kind: Bundle
metadata: { name: contract }
spec:
  revision: 7
  tenants: [red, blue]
---
apiVersion: ambit/v1
kind: Catalog
metadata: { name: contract }
spec:
  providers:
    - id: acme
      claims: { training_opt_out: true, retention_days: 0, zero_data_retention: true, processing_regions: [DE] }
      targets:
        - { id: acme/large, model: m-large, serves: [large, m-large], apis: [chat_completions] }
    - id: boreal
      claims: { training_opt_out: false }
      targets:
        - { id: boreal/large, model: b-large, serves: [large] }
    - id: cirrus
      targets:
        - { id: cirrus/large, model: c-large, serves: [large] }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec:
  log_provider_selection: true
  requirements:
    require_no_training: true
`;

/** A service that runs on files of its own. */
export interface TestService {
  readonly addresses: readonly string[];
  readonly directory: string;
  /** The records of its log, parsed. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
  /** What was counted, and the state that probes would see. */
  readonly diagnostics: TestDiagnostics;
  stop(): Promise<void>;
}

/** Starts a service in this process, over real files and real sockets. */
export async function startService(
  policy: string = POLICY_FILE,
  options: Partial<ServiceConfig> = {},
): Promise<TestService> {
  const directory = mkdtempSync(join(tmpdir(), 'ambit-contract-'));
  writeFileSync(join(directory, 'policy.yaml'), policy);
  const log: Record<string, unknown>[] = [];
  const diagnostics = createTestDiagnostics();
  const run = createServerRunner({
    source: createFileSource(createFileReader()),
    loadDialects: () => Promise.resolve(DIALECTS),
    clock: createClock(),
    ids: createIdSource(),
    digestOf,
    version: '1.2.3',
    logTo: {
      write: (line) => void log.push(JSON.parse(line) as Record<string, unknown>),
      flush: () => Promise.resolve(),
      lostLines: () => 0,
      isFailing: () => false,
    },
    protoDirectory: PROTO_DIRECTORY,
    services: [authorizationService],
    makeHttpServer: apiServerWith(createCheckAnswerer),
    makeDiagnostics: diagnostics.make,
    openAudit: createAuditOpener({
      ...{ clock: createClock(), ids: createIdSource(), store: createAuditStore({}) },
      ...{ timers: processTimers, elapsedMs: () => performance.now() },
      ...{ openSinks: createSinkOpener({}), random: Math.random },
      compareBundles: (pair) => compareStored(pair, STORED_PARTS),
    }),
    openTracing: (config, onProblem) =>
      openTracing(config, {}, { clock: createClock(), version: '1.2.3', onProblem }),
    environment: {},
  });
  const started = await run({
    roots: [{ path: directory }],
    listeners: [
      { address: '127.0.0.1:0', insecure: false },
      { address: `unix:${join(directory, 'ambit.sock')}`, insecure: false },
    ],
    callers: [],
    limits: DEFAULT_LIMITS,
    clientPreferences: DEFAULT_CLIENT_PREFERENCES,
    drainTimeoutMs: DEFAULT_DRAIN_MS,
    logLevel: 'info',
    recordedDecisions: 'policies',
    ...options,
  });
  if ('failure' in started) {
    rmSync(directory, { recursive: true, force: true });
    throw new Error(JSON.stringify(started.failure));
  }
  const { server } = started;
  return {
    addresses: server.addresses,
    directory,
    log,
    diagnostics,
    stop: async () => {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Plaintext listeners at the addresses. */
export function at(...addresses: readonly string[]): ServiceConfig['listeners'] {
  return addresses.map((address) => ({ address, insecure: false }));
}
