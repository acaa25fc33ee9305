import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { generateTrailKeys } from '../../../src/platform/trail-keys';
import { CATALOG, POLICY } from '../../cli/support/files';
import { TEST_PROCESS } from '../support/child';
import { ambit, MAIN, ROOT, type BuiltRun } from './built-cli';

/** Root may do everything, so that nothing could be shown of what others may not. */
const USER = process.getuid?.() === 0 ? 65_534 : undefined;

/** Services that run; a test that fails ends none. */
const RUNNING = new Set<ChildProcess>();

/** What a start is given: where the trail is, and with which keys. */
export interface Wanted {
  readonly trail: string;
  readonly key?: 'first' | 'second';
  readonly previous?: 'first';
}

/** A start that runs, or why there is none. */
export type Started =
  | { readonly stop: () => Promise<number | null> }
  | { readonly refused: string; readonly code: unknown };

/** A folder with policies, two keys, and trails. */
export interface TrailSite {
  readonly folder: string;
  /** A trail that a service has left in order, copied to this name; its path. */
  copy(name: string): string;
  check(wanted: Wanted): BuiltRun;
  start(wanted: Wanted): Promise<Started>;
  remove(): void;
}

/** Makes the folder, and one trail by a service that starts and ends. */
export async function createTrailSite(): Promise<TrailSite> {
  const folder = mkdtempSync(join(tmpdir(), 'ambit-check-trail-'));
  mkdirSync(join(folder, 'policies'));
  writeFileSync(join(folder, 'policies/policy.yaml'), POLICY);
  writeFileSync(join(folder, 'policies/catalog.yaml'), CATALOG);
  for (const name of ['first', 'second']) {
    writeFileSync(join(folder, `${name}.pem`), generateTrailKeys().privatePem);
    chmodSync(join(folder, `${name}.pem`), 0o600);
  }
  give(folder);
  const seed = join(folder, 'seed');
  const started = await start(folder, { trail: seed });
  if ('refused' in started) throw new Error(started.refused);
  await started.stop();
  return {
    folder,
    copy: (name) => {
      cpSync(seed, join(folder, name), { recursive: true, preserveTimestamps: true });
      return join(folder, name);
    },
    check: (wanted) => {
      give(folder);
      return ambit(['serve', '--check', ...argumentsFor(folder, wanted)], { user: USER });
    },
    start: (wanted) => {
      give(folder);
      return start(folder, wanted);
    },
    remove: () => {
      for (const child of RUNNING) child.kill('SIGKILL');
      rmSync(folder, { recursive: true });
    },
  };
}

/** Everything in the folder is of whoever runs the service. */
function give(folder: string): void {
  if (USER !== undefined) execFileSync('chown', ['-Rh', `${String(USER)}:${String(USER)}`, folder]);
}

function argumentsFor(folder: string, { trail, key = 'first', previous }: Wanted): string[] {
  const audit = {
    directory: trail,
    private_key: { file: join(folder, `${key}.pem`) },
    ...(previous === undefined ? {} : { previous_key: { file: join(folder, `${previous}.pem`) } }),
  };
  const config = join(folder, 'ambit.json');
  writeFileSync(
    config,
    JSON.stringify({ apiVersion: 'ambit/v1', kind: 'Service', spec: { audit } }),
  );
  return ['--config', config, '--policy', join(folder, 'policies')];
}

/** Waits until it listens, or has ended. */
async function start(folder: string, wanted: Wanted): Promise<Started> {
  const quiet = ['--listen', '127.0.0.1:0', '--diagnostics', 'none'];
  const child = spawn(
    process.execPath,
    [MAIN, 'serve', ...quiet, ...argumentsFor(folder, wanted)],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(USER === undefined ? {} : { uid: USER, gid: USER }),
    },
  );
  const killAtExit = (): void => void child.kill('SIGKILL');
  TEST_PROCESS.once('exit', killAtExit);
  RUNNING.add(child);
  let [log, refused] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (refused += chunk));
  const ended = new Promise<number | null>((done) => {
    child.once('close', (code) => {
      TEST_PROCESS.removeListener('exit', killAtExit);
      RUNNING.delete(child);
      done(code);
    });
  });
  const listens = new Promise<'listens'>((done) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      log += chunk;
      if (log.includes('"listening"')) done('listens');
    });
  });
  const first = await Promise.race([ended, listens]);
  if (first !== 'listens') return { refused, code: first };
  return {
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** Every name beneath a path with its mode, size and time of change: what nobody has written is as it was. */
export function stateOf(path: string): readonly string[] {
  return [path, ...namesIn(path).map((name) => join(path, name))].sort().map((each) => {
    const stated = infoOf(each);
    return `${each} ${String(stated?.mode)} ${String(stated?.size)} ${String(stated?.mtimeMs)}`;
  });
}

/** Undefined: there is nothing. */
function infoOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

/** The names beneath a directory; none beneath anything else. */
export function namesIn(path: string): readonly string[] {
  return infoOf(path)?.isDirectory() === true
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
    : [];
}
