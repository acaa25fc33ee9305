import { DIALECTS } from '../../support/dialects';
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { resolve } from 'node:path';

import type { CliDependencies } from '../../../src/cli/dependencies';
import { runCli } from '../../../src/cli/run';
import type { Finding } from '../../../src/core/model/finding';
import { wireJson } from '../../../src/pep/grpc/wire-json';
import { createClock } from '../../../src/platform/clock';
import { digestOf } from '../../../src/platform/digest';
import { createBundleStore } from '../../../src/service/bundle-store';
import { loadPolicies } from '../../../src/service/policy-loader';
import type { LoadedPolicies } from '../../../src/service/policy-loader';
import { createFileReader } from '../../../src/sources/files/file-reader';
import { PROTO_DIRECTORY, startService } from '../../contract/support/service';
import { BESIDE } from '../support/documents';
import type { LoadAnswer, RunAnswer, TaskName, Tasks } from './tasks';

const BYTES_PER_KILOBYTE = 1024;

const reader = createFileReader();
const clock = createClock();
const store = createBundleStore({ clock });

const unexpected = (): Promise<never> => Promise.reject(new Error('the test does not need this'));

async function run(argv: readonly string[]): Promise<RunAnswer> {
  const written = { stdout: '', stderr: '' };
  const dependencies: CliDependencies = {
    version: '1.2.3',
    stdout: { isTty: false, write: (text) => void (written.stdout += text) },
    stderr: { isTty: false, write: (text) => void (written.stderr += text) },
    environment: {},
    clock: { nowMs: () => Date.UTC(2026, 6, 1) },
    reader,
    digestOf,
    ids: { next: () => 'decision-1' },
    loadDialects: () => Promise.resolve(DIALECTS),
    loadWireJson: () => Promise.resolve(wireJson),
    loadConnect: unexpected,
    loadEnvoyConfig: unexpected,
    loadEnvoyLint: unexpected,
    loadLogReader: unexpected,
    loadTrailTools: unexpected,
    loadAuditCheck: unexpected,
    loadFollow: unexpected,
    loadRunServer: unexpected,
  };
  const code = await runCli(argv, dependencies);
  return { code, ...written };
}

function loadFiles(paths: readonly string[]): Promise<LoadedPolicies> {
  const roots = paths.map((path) => ({ path }));
  return loadPolicies({ roots, reader, dialects: DIALECTS, digestOf });
}

async function load(paths: readonly string[]): Promise<LoadAnswer> {
  const good = await goodDigest();
  const loaded = await loadFiles(paths);
  const errors = loaded.findings.filter(({ severity }) => severity === 'error').length;
  if (loaded.bundle === undefined) store.offer(loaded);
  return {
    findings: loaded.findings.map(textOf),
    errors,
    loaded: loaded.bundle !== undefined,
    lastGoodServes: store.active()?.bundle.digest === good,
  };
}

/** Offers the good set, which is the last good one from then on. */
async function goodDigest(): Promise<string> {
  const text = BESIDE.replaceAll('beside', 'last-good');
  const read = {
    ...reader,
    expand: (path: string) => Promise.resolve({ kind: 'file' as const, paths: [path] }),
    read: () => Promise.resolve({ file: { name: 'last-good.yaml', text } }),
  };
  const roots = [{ path: 'last-good.yaml' }];
  const loaded = await loadPolicies({ roots, reader: read, dialects: DIALECTS, digestOf });
  store.offer(loaded);
  const digest = loaded.bundle?.digest;
  if (digest === undefined) throw new Error(JSON.stringify(loaded.findings));
  return digest;
}

function textOf({ position: { file, line, column }, code, message }: Finding): string {
  return `${file}:${String(line)}:${String(column)} ${code}: ${message}`;
}

async function serve(): Promise<Tasks['serve']['answer']> {
  // Transpiled code lies elsewhere; the contract's files do not.
  if (!existsSync(PROTO_DIRECTORY)) symlinkSync(resolve('proto'), PROTO_DIRECTORY);
  const { addresses, directory } = await startService();
  process.once('exit', () => {
    rmSync(directory, { recursive: true, force: true });
  });
  return { addresses };
}

const HANDLERS: {
  readonly [Name in TaskName]: (ask: Tasks[Name]['ask']) => Promise<Tasks[Name]['answer']>;
} = {
  load: ({ paths }) => load(paths),
  run: ({ argv }) => run(argv),
  serve,
  memory: () => Promise.resolve({ peakBytes: process.resourceUsage().maxRSS * BYTES_PER_KILOBYTE }),
};

process.on('message', ({ name, ask }: { readonly name: TaskName; readonly ask: never }) => {
  HANDLERS[name](ask).then(
    (answer) => process.send?.({ answer }),
    (error: unknown) => process.send?.({ crash: error instanceof Error ? error.stack : '' }),
  );
});

// Whoever asked is gone, however that came about.
process.once('disconnect', () => process.exit());
