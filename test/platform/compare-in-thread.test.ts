import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { compareInThread, type CompareLimits } from '../../src/platform/compare-in-thread';
import type { AccessChange } from '../../src/ports/compare-bundles';
import type { SecurityEvent, ServedBundle } from '../../src/ports/security-events';
import { compareFrom } from '../../src/service/events/compare-stored';
import { until } from '../contract/support/until';
import { recorderTo, type TestRecorder } from '../service/events/support/recorded';
import { loadFiles } from '../service/support/world';

/** So long that no test waits for it. */
const NO_LIMIT_MS = 3_600_000;

const ENOUGH: CompareLimits = { timeMs: NO_LIMIT_MS, heapMib: 64 };

const FOUND = { known: true, wider: false, narrower: true, changes: [], unproven: [] };

/** What a thread does that is given a pair of bundles. */
const THREADS = {
  answers: `parentPort.postMessage(${JSON.stringify(FOUND)});`,
  loops: 'for (;;);',
  grows: 'const held = []; for (;;) held.push(new Array(1000).fill(held.length));',
  throws: "throw new Error('a defect');",
  rejects: "void Promise.reject(new Error('a defect'));",
  exits: 'process.exit(3);',
  exitsWell: '',
  'loops for the first': `
    if (workerData.new.text === 'text of first') for (;;);
    parentPort.postMessage(${JSON.stringify(FOUND)});`,
} as const;

let folder = '';
let served: readonly ServedBundle[];
let events: SecurityEvent[];

beforeAll(async () => {
  served = await Promise.all([1, 2, 3, 4].map(bundleWith));
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-compare-'));
  events = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function bundleWith(days: number): Promise<ServedBundle> {
  const { bundle, findings } = await loadFiles({
    'policy.yaml': `apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec: { requirements: { max_retention_days: ${String(days)} } }`,
  });
  if (bundle === undefined) throw new Error(JSON.stringify(findings));
  return { bundle, sequence: days, files: ['policy.yaml'] };
}

/** Writes what a thread runs; its path. */
function thread(does: string): string {
  const file = join(folder, 'thread.cjs');
  writeFileSync(
    file,
    `const { parentPort, workerData } = require('node:worker_threads');\n${does}\n`,
  );
  return file;
}

/** A recorder whose comparisons are done by threads that run the file. */
function recorderWith(file: string, limits = ENOUGH): TestRecorder {
  const append = (json: string): Promise<void> => {
    events.push((JSON.parse(json) as { readonly event: SecurityEvent }).event);
    return Promise.resolve();
  };
  const first = served[1]?.bundle.digest;
  const textOf = (digest: string): Promise<string> =>
    Promise.resolve(digest === first ? 'text of first' : 'text');
  const compare = compareFrom(
    { textOf },
    compareInThread(file, () => limits),
  );
  return recorderTo(append, { compare });
}

/** Tells that the bundle of this number decides from now on, after the one before it. */
function activate(recorder: TestRecorder, number: number): void {
  const [before, now] = [served[number - 2], served[number - 1]];
  if (before === undefined || now === undefined) throw new Error('there is no such bundle');
  recorder.tell({ kind: 'bundle_activated', now, before });
}

/** The number of each bundle in the order of the trail, and what is told of who gains what. */
function told(): readonly (readonly [unknown, unknown])[] {
  return events.map(({ unmapped, entity }) => {
    const { access } = entity?.data as { readonly access: AccessChange };
    return [unmapped?.['sequence'], access.known ? 'known' : access.why];
  });
}

interface Ending {
  readonly does: string;
  readonly limits?: Partial<CompareLimits>;
  readonly says: string;
  /** How many defects are told. */
  readonly defects: number;
}

const ENDINGS: readonly (readonly [string, Ending])[] = [
  ['answers', { does: THREADS.answers, says: 'known', defects: 0 }],
  [
    'takes more time than it may',
    { does: THREADS.loops, limits: { timeMs: 50 }, says: 'too_large_to_compare', defects: 0 },
  ],
  [
    'takes more heap than it may',
    { does: THREADS.grows, says: 'too_large_to_compare', defects: 0 },
  ],
  [
    'has less memory than a thread needs to begin',
    { does: THREADS.throws, limits: { heapMib: 31 }, says: 'too_large_to_compare', defects: 0 },
  ],
  ['throws', { does: THREADS.throws, says: 'not_compared', defects: 1 }],
  ['rejects', { does: THREADS.rejects, says: 'not_compared', defects: 1 }],
  ['ends with a code', { does: THREADS.exits, says: 'not_compared', defects: 1 }],
  ['ends without a word', { does: THREADS.exitsWell, says: 'not_compared', defects: 1 }],
  ['is no program', { does: '}', says: 'not_compared', defects: 1 }],
];

it.each(ENDINGS)('tells honestly of a bundle whose comparison %s', async (_, ending) => {
  const recorder = recorderWith(thread(ending.does), { ...ENOUGH, ...ending.limits });
  activate(recorder, 2);
  await until(() => events.length > 0);
  await recorder.close();
  expect(told()).toEqual([[2, ending.says]]);
  expect(events[0]?.severity).toBe(ending.says === 'known' ? 'Informational' : 'Medium');
  expect(recorder.defects).toHaveLength(ending.defects);
});

it('tells of a bundle where there is nothing that a thread could run', async () => {
  const recorder = recorderWith(join(folder, 'missing.cjs'));
  activate(recorder, 2);
  await until(() => events.length > 0);
  expect(told()).toEqual([[2, 'not_compared']]);
  expect(recorder.defects).toHaveLength(1);
});

it('ends a thread that took too long, and then compares the newest of those that waited', async () => {
  const recorder = recorderWith(thread(THREADS['loops for the first']), { ...ENOUGH, timeMs: 200 });
  for (const number of [2, 3, 4]) activate(recorder, number);
  await until(() => events.length === 3);
  expect(told()).toEqual([
    [3, 'not_compared'],
    [2, 'too_large_to_compare'],
    [4, 'known'],
  ]);
  expect(recorder.defects).toEqual([]);
});

it('tells of a bundle at the end of the service, while its thread goes on', async () => {
  const recorder = recorderWith(thread(THREADS.loops), { ...ENOUGH, timeMs: 500 });
  activate(recorder, 2);
  activate(recorder, 3);
  await recorder.close();
  expect(told()).toEqual([
    [2, 'not_compared'],
    [3, 'not_compared'],
  ]);
});

/** True if anybody takes connections there. */
function isOpen(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    }).once('error', () => {
      resolve(false);
    });
  });
}

it('leaves no thread behind that took too long', async () => {
  const socket = join(folder, 'alive');
  const file = thread(`
    require('node:net').createServer().listen(${JSON.stringify(socket)}, () => {
      for (;;);
    });`);
  // Threads that are ended sooner have never listened, and would show nothing.
  let timeMs = 200;
  let wasAlive = false;
  while (!wasAlive) {
    const change = compareInThread(file, () => ({ ...ENOUGH, timeMs }))({
      ...{ old: { digest: 'old', text: '' }, new: { digest: 'new', text: '' }, atMs: 0 },
    });
    const watched = change.then(() => true);
    while (!wasAlive && !(await Promise.race([watched, isOpen(socket).then(() => false)]))) {
      wasAlive = await isOpen(socket);
    }
    expect(await change).toEqual({ known: false, why: 'too_large_to_compare' });
    timeMs *= 2;
  }
  await until(async () => !(await isOpen(socket)));
});
