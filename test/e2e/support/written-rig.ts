import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { createAmbitSlot } from './ambit-slot';
import { createAuthority } from './certificates';
import { startOrUndo, type Cleanup } from './cleanup';
import { startEnvoy } from './envoy';
import { send, type HttpAnswer } from './http-client';
import { startProvider, type FakeProvider } from './provider';

const MAIN = resolve(__dirname, '../../../dist/main.js');

/** A target of a catalog, and the host whose certificate its provider shows. */
export interface WrittenTarget {
  readonly id: string;
  readonly host: string;
}

/** A real Envoy with the configuration that `ambit envoy config` writes for a catalog, and Ambit on the same files. */
export interface WrittenRig {
  readonly providers: ReadonlyMap<string, FakeProvider>;
  send(
    path: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** Starts it; the texts are files of policy and catalog. */
export async function startWrittenRig(
  files: Readonly<Record<string, string>>,
  targets: readonly WrittenTarget[],
): Promise<WrittenRig> {
  const { started, cleanup } = await startOrUndo((undo) => startParts(files, targets, undo));
  return { ...started, close: () => cleanup.run() };
}

/** What the command prints for a directory of policies. */
export function writtenConfig(directory: string, ...options: readonly string[]): string {
  const args = [MAIN, 'envoy', 'config', directory, ...options];
  return execFileSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
}

async function startParts(
  files: Readonly<Record<string, string>>,
  targets: readonly WrittenTarget[],
  cleanup: Cleanup,
): Promise<Omit<WrittenRig, 'close'>> {
  const directory = mkdtempSync(join(tmpdir(), 'ambit-e2e-'));
  cleanup.add(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  const policy = join(directory, 'policy');
  mkdirSync(policy);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(policy, name), text);
  const authority = createAuthority(directory);
  const providers = new Map<string, FakeProvider>();
  for (const { id, host } of targets) {
    const provider = await startProvider(id, authority.issue(host));
    cleanup.add(() => provider.close());
    providers.set(id, provider);
  }
  const configFile = join(directory, 'written.yaml');
  writeFileSync(configFile, writtenConfig(policy));
  const socketFile = join(directory, 'ambit.sock');
  const origins = [...providers].map(([id, { port }]) => [id, { port, key: `key-of-${id}` }]);
  const envoy = await startEnvoy({
    configFile,
    directory,
    socketFile,
    caFile: authority.caFile,
    origins: Object.fromEntries(origins) as Record<string, { port: number; key: string }>,
  });
  cleanup.add(() => envoy.stop());
  const slot = createAmbitSlot(directory, socketFile);
  cleanup.add(() => slot.stopAmbit());
  await slot.useAmbit(policy);
  return {
    providers,
    send: (path, body, headers = {}) =>
      send({
        port: envoy.port,
        path,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
  };
}
