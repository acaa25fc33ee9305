import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { seededSource } from '../../generators/source';
import { runs, SEED, Spread } from '../../laws/support/runs';
import { until } from '../support/wait';
import { createAuditQuestions } from './support/audit-questions';
import { createAuditSite, headIn } from './support/audit-site';
import type { DrillProcess } from './support/drill-process';
import { heldBy } from './support/held';
import { startLoad, type Load } from './support/load';
import { report, reportSeries } from './support/report';
import { countedIn, readAccount } from './support/trail-lines';

/** Rounds, before they are made more or fewer. */
const ROUNDS = 12;

/** Answers of one round. */
const ANSWERS = 1000;

/** Rounds until everything that is kept on purpose is there. */
const WARM_UP = 2;

/** Milliseconds of one sync: some hundred decisions are made meanwhile, of which so many may wait. */
const SYNC_MS = 400;
const QUEUE = 100;

/**
 * Bytes by which the heap may grow after the first rounds, as code is compiled still; measured were less than one
 * million. A record that waits takes some thousands, and a thousand of each round would not be let go.
 */
const MOST_GROWTH = 4_000_000;

let folder = '';
let service: DrillProcess | undefined;
let load: Load | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-audit-pressure-'));
});

afterEach(async () => {
  service?.signal('SIGKILL');
  await load?.stop();
  rmSync(folder, { recursive: true });
});

/** Lets so many rounds of answers pass; gives what the heap had after each. */
async function playAll(asking: Load, process: DrillProcess): Promise<readonly number[]> {
  const heap: number[] = [];
  for (let round = 0; round < runs(ROUNDS); round += 1) {
    const enough = asking.answered() + ANSWERS;
    await until('a round of answers', () => (asking.answered() >= enough ? true : undefined));
    heap.push((await heldBy(process)).heapUsed);
  }
  return heap;
}

describe('a service that is asked faster than its disk takes what it decides', () => {
  it('keeps no more than it was told to, and accounts for every answer', async () => {
    const spread = new Spread();
    const site = createAuditSite(folder, { mode: 'counted', queue: QUEUE });
    const questions = createAuditQuestions(seededSource(SEED), spread);
    site.setDisk({ delayMs: SYNC_MS });
    service = site.start();
    const [address = ''] = await service.listening();
    load = startLoad({ addresses: [address], callers: 8, streamers: 2, next: questions.next });
    const heap = await playAll(load, service);
    await load.stop();
    service.signal('SIGTERM');
    expect(await service.ended()).toEqual({ code: 0, signal: null });
    reportSeries('audit, pressure, bytes of the heap', heap);
    report('audit, pressure', spread);
    const growth = Math.max(...heap.slice(WARM_UP)) - Math.max(...heap.slice(0, WARM_UP));
    expect([growth, growth <= MOST_GROWTH]).toEqual([growth, true]);
    const answered = questions.takeAnswered();
    for (const { answer, says } of answered) expect(answer.said).toBe(says);
    const account = readAccount(site.trail);
    expect(account.ids.length + countedIn(account)).toBe(answered.length);
    expect(Object.keys(account.gaps)).toEqual(['queue_full']);
    const kinds = new Set(account.folded.map(({ code, policy }) => `${code} by ${policy}`));
    expect([...kinds].sort()).toEqual([
      'model_not_allowed by denied',
      'no_compliant_provider by secret',
    ]);
    // A line for each kind and time, and not for each block.
    const folded = account.folded.reduce((sum, { count }) => sum + count, 0);
    expect(folded).toBeGreaterThan(4 * account.folded.length);
    expect(site.verify(headIn(service.log()))).toMatchObject({ code: 0, stderr: '' });
  });
});
