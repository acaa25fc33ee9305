import type { LeftCount } from '../../../src/ports/answer-counter';
import type { Trail } from '../../../src/ports/trail';
import { trailCrypto } from '../../../src/platform/trail-keys';
import { noteMode, stateKilled } from '../../../src/service/audit/killed-answers';
import { linesFile } from '../../../src/service/trail/file-names';
import { memoryDisk, type MemoryDisk } from '../trail/support/memory-disk';
import { findingsOf, open, textOn } from '../trail/support/trails';

const LIMITS = { maxLines: 100, maxBytes: 1e9, maxAgeMs: 1e9 };

/** What an earlier process wrote into the trail. */
type Past = (trail: Trail) => Promise<unknown>;

const decision: Past = (trail) => trail.append('{"decisionId":"d-1"}');
const counted: Past = (trail) => noteMode(trail, 'counted');
const strict: Past = (trail) => noteMode(trail, 'strict');

async function opened(past: readonly Past[]): Promise<{ disk: MemoryDisk; trail: Trail }> {
  const disk = memoryDisk();
  const trail = await open(disk.files, { limits: LIMITS });
  for (const each of past) await each(trail);
  return { disk, trail };
}

/** What the trail says is missing, once the process after that has begun. */
async function stated(before: LeftCount, past: readonly Past[]): Promise<unknown[]> {
  const { disk, trail } = await opened(past);
  await stateKilled(trail, before, { reader: disk.files, crypto: trailCrypto });
  await trail.close();
  if (trail.head() === undefined) return [];
  expect(await findingsOf(disk, trail.head())).toEqual([]);
  const lines = textOn(disk, linesFile(1)).trimEnd().split('\n');
  return lines.flatMap((line) => {
    const { gap } = JSON.parse(line) as { gap?: { counts: unknown } };
    return gap === undefined ? [] : [gap.counts];
  });
}

describe('answers of a process that was killed', () => {
  it('are counted where the count outlasted it', async () => {
    const before = { made: 5, accounted: 1, sequence: 1 };
    expect(await stated(before, [counted, decision, decision])).toEqual([{ killed: 2 }]);
  });

  it('are none where all have a record', async () => {
    const before = { made: 2, accounted: 0, sequence: 1 };
    expect(await stated(before, [counted, decision, decision])).toEqual([]);
  });

  it.each<[string, LeftCount, readonly Past[]]>([
    ['the count is lost', 'missing', [counted, decision]],
    ['the count is none', 'malformed', [counted, decision]],
    ['the count is of a longer trail', { made: 1, accounted: 1, sequence: 9 }, [counted]],
    ['nothing says how evidence was kept', 'missing', [decision]],
    ['evidence was kept without waiting at the end', 'missing', [strict, decision, counted]],
    ['there is something and no trail', 'malformed', []],
    ['there is a count and no trail', { made: 1, accounted: 1, sequence: 9 }, []],
  ])('are an unknown number, never none, where %s', async (_, before, past) => {
    expect(await stated(before, past)).toEqual([{ killed: null }]);
  });

  it.each<[string, LeftCount, readonly Past[]]>([
    ['a new trail', 'missing', []],
    ['a trail whose every answer waited for its record', 'missing', [strict, decision]],
    ['one whose count is none, and of no use', 'malformed', [strict, decision]],
    ['one that waits since the last count was stated', 'missing', [counted, decision, strict]],
  ])('are none in %s', async (_, before, past) => {
    expect(await stated(before, past)).toEqual([]);
  });

  it('are none of those that a gap of unknown size stands for', async () => {
    const gap: Past = (trail) => trail.gap({ killed: null });
    const found = await stated({ made: 2, accounted: 0, sequence: 1 }, [counted, gap, decision]);
    expect(found).toEqual([{ killed: null }, { killed: 1 }]);
  });
});
