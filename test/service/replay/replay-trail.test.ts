import { compileBundle } from '../../../src/core/engine/compile';
import type { Bundle } from '../../../src/core/engine/bundle';
import type { RecordedDecision } from '../../../src/service/evidence/recorded-decision';
import { foldedJson } from '../../../src/service/evidence/folded-block';
import type { ReplayReport } from '../../../src/service/replay/replay-report';
import { replayTrail } from '../../../src/service/replay/replay-trail';
import type { Window } from '../../../src/service/window';
import { NOW_MS } from '../../generators/alphabet';
import { pick, seededSource } from '../../generators/source';
import { eligibleRefs, answer } from '../../laws/support/decisions';
import { claim, document, policy, requestFor, setOf, target } from '../../laws/support/small-world';
import { SEED, Spread } from '../../laws/support/runs';
import { canaries } from '../evidence/support/canaries';
import { PLACES } from '../evidence/support/places';
import { open } from '../trail/support/trails';
import type { MemoryDisk } from '../trail/support/memory-disk';
import { diskOf, entriesOn } from '../trail/support/written';
import { bundles, finderOf, recordWith, requests, type Question } from './support/worlds';

/** Bundles, and requests that are asked of each of them: 2,000 records, or 100,000. */
const [BUNDLES, REQUESTS] = process.env['TEST_ENUMERATION'] === 'full' ? [200, 500] : [40, 50];

const ALL = bundles(BUNDLES, SEED);
const ASKED = requests(REQUESTS, SEED + 1_000_000);
const QUESTIONS = ALL.flatMap((bundle) => ASKED.map((request): Question => ({ bundle, request })));

async function replay(
  disk: MemoryDisk,
  known: readonly Bundle[],
  window: Window = {},
): Promise<ReplayReport> {
  return replayTrail({ entries: entriesOn(disk), findBundle: finderOf(known), window });
}

/** Records under the ids `d-0`, `d-1`, .... */
function recordsOf(questions: readonly Question[]): readonly RecordedDecision[] {
  return questions.map((question, index) => recordWith(question, `d-${String(index)}`));
}

/** All of a record that a bundle decides, as a text. */
function decidedIn(record: RecordedDecision): string {
  const { outcome, block, eligible, blocked, claims, policies, shadow, warnings } = record;
  return JSON.stringify({ outcome, block, eligible, blocked, claims, policies, shadow, warnings });
}

describe('a replayed trail', () => {
  it('has no difference, whatever was asked of whatever bundle', async () => {
    const records = recordsOf(QUESTIONS);
    const report = await replay(await diskOf(records), ALL);
    const spread = new Spread();
    for (const { outcome, replayable, claims, blocked } of records) {
      for (const kind of [outcome, replayable ? 'replayable' : 'not']) spread.add(kind);
      if (claims.length > 0) spread.add('claims');
      if (blocked.length > 0) spread.add('reasons');
    }
    expect(report.findings).toEqual({ kept: [], count: 0 });
    expect(report.decisions).toBe(QUESTIONS.length);
    expect(report.replayed).toBe(spread.of('replayable'));
    expect(report.notReplayed.withheld).toBe(spread.of('not'));
    spread.expectAtLeast(40, 'allow', 'block', 'warn', 'claims', 'reasons', 'replayable');
  });

  it('has none either where clients wrote things that no record holds', async () => {
    const source = seededSource(SEED);
    const planted = QUESTIONS.slice(0, 2_000).flatMap(({ bundle, request }) => {
      const put = pick(source, PLACES).put(request, pick(source, canaries(source)).text);
      return put === undefined ? [] : [{ bundle, request: put }];
    });
    const records = recordsOf(planted);
    const report = await replay(await diskOf(records), ALL);
    expect(report.findings).toEqual({ kept: [], count: 0 });
    expect(report.replayed).toBe(records.filter(({ replayable }) => replayable).length);
    expect(report.replayed).toBeGreaterThan(records.length / 20);
    expect(report.notReplayed.withheld).toBeGreaterThan(records.length / 20);
    expect(report.replayed + report.notReplayed.withheld).toBe(records.length);
  });
});

describe('one claim that is another one in a copy of a bundle', () => {
  const world = (gdpr: boolean): Bundle =>
    compileBundle(
      setOf(
        document({
          policies: [
            policy('soft', [{ kind: 'gdpr' }], { mode: 'warn' }),
            policy('p', [{ kind: 'gdpr' }], { scope: new Map([['team', ['hr']]]) }),
          ],
          targets: [
            target('one', { claims: [claim('gdpr', gdpr)] }),
            target('two', { claims: [claim('gdpr', true)] }),
            target('three'),
          ],
        }),
      ),
      'sha256:copy',
    );
  const SETS = [['one'], ['two'], ['three'], ['one', 'two'], ['two', 'three'], ['three', 'one']];

  it('makes exactly those decisions differ that come out differently', async () => {
    const [before, after] = [world(true), world(false)];
    const asked = SETS.flatMap((targets) =>
      ['hr', 'ads'].map((team) => requestFor(targets, { scope: new Map([['team', team]]) })),
    );
    const records = recordsOf(asked.map((request) => ({ bundle: before, request })));
    const others = recordsOf(asked.map((request) => ({ bundle: after, request })));
    const affected = records
      .filter((record, index) => decidedIn(record) !== decidedIn(others[index] ?? record))
      .map(({ decisionId }) => decisionId);
    const report = await replay(await diskOf(records), [after]);
    const found = report.findings.kept.flatMap((one) =>
      one.code === 'differs' ? [one.decisionId] : [],
    );
    expect(found).toEqual(affected);
    expect(affected).toHaveLength(6);
    expect(report).toMatchObject({ decisions: 12, replayed: 12, differing: 6 });
    expect(report.findings.kept[0]).toMatchObject({
      ...{ code: 'differs', sequence: 1, decisionId: 'd-0' },
      place: { file: '000000000001.jsonl', line: 1 },
      parts: ['outcome', 'block', 'eligible', 'blocked', 'claims'],
    });
    // What nobody may get by the copy, the evaluation itself says, and every such decision is among those found.
    asked.forEach((request, index) => {
      const [had, has] = [before, after].map(({ set }) => eligibleRefs(answer({ set, request })));
      if (JSON.stringify(had) === JSON.stringify(has)) return;
      expect(found).toContain(`d-${String(index)}`);
    });
  });

  it('is found in generated bundles, too', async () => {
    const [first] = ALL;
    if (first === undefined) throw new Error('no bundle');
    const spread = new Spread();
    const others = ALL.map(({ set }) => compileBundle(set, first.digest));
    const questions = ASKED.map((request) => ({ bundle: first, request }));
    const records = recordsOf(questions).filter(({ replayable }) => replayable);
    const disk = await diskOf(records);
    for (const other of others) {
      const report = await replay(disk, [other]);
      const again = recordsOf(questions.map(({ request }) => ({ bundle: other, request })));
      const byId = new Map(again.map((record) => [record.decisionId, decidedIn(record)]));
      const expected = records.filter((one) => byId.get(one.decisionId) !== decidedIn(one));
      const found = report.findings.kept.map((one) => ('decisionId' in one ? one.decisionId : ''));
      expect(found).toEqual(expected.map(({ decisionId }) => decisionId).slice(0, found.length));
      expect(report.differing).toBe(expected.length);
      for (const record of records) spread.add(expected.includes(record) ? 'other' : 'same');
    }
    spread.expectAtLeast(100, 'other', 'same');
  });
});

describe('what cannot be decided again', () => {
  const [bundle] = ALL;
  const [plain] = recordsOf(QUESTIONS.slice(0, 1));
  if (plain === undefined || bundle === undefined) throw new Error('no record');
  const { bundle: named } = plain;
  const bare = { ...plain, bundle: undefined, block: undefined };
  const refusal = { code: 'shutting_down', layer: 'service', httpStatus: 503 };
  const blocked = { ...bare, outcome: 'block', eligible: [], replayable: false };
  const notice = { code: 'block_by_hand', layer: 'service', httpStatus: 503 };
  const noBlock = { ...bare, bundle: named, outcome: 'allow', replayable: false };

  it.each([
    ['service_refusal', { ...blocked, bundle: named, block: refusal }],
    ['no_bundle', { ...blocked, block: notice }],
    ['withheld', { ...noBlock, withheld: ['model'] }],
    ['unknown_bundle', { ...plain, bundle: { digest: 'sha256:x', sequence: 1, stale: false } }],
  ])('is counted: %s', async (why, record) => {
    const report = await replay(await diskOf([record]), ALL);
    expect(report).toMatchObject({ decisions: 1, replayed: 0, findings: { count: 0 } });
    expect(Object.entries(report.notReplayed).filter(([, count]) => count > 0)).toEqual([[why, 1]]);
  });

  it.each([
    ['says so for no reason', noBlock],
    ['is let through and names a refusal', { ...noBlock, block: refusal }],
    ['is let through without a bundle', { ...bare, outcome: 'allow', replayable: false }],
    ['can be decided again, and has no bundle', { ...bare, replayable: true }],
    ['withholds only what decides nothing', { ...noBlock, withheld: ['requestId'] }],
  ])('is a finding where it %s', async (_, record) => {
    const report = await replay(await diskOf([record]), ALL);
    expect(report).toMatchObject({ decisions: 1, replayed: 0 });
    expect(report.findings.kept).toMatchObject([{ code: 'unexplained', sequence: 1 }]);
  });

  it('is a finding where it cannot be read', async () => {
    const disk = await diskOf([{ version: 2 }, { ...plain, more: 1 }, plain]);
    const report = await replay(disk, ALL);
    expect(report.findings.kept).toMatchObject([
      { code: 'unknown_record', place: { line: 1 } },
      { code: 'unknown_record', place: { line: 2 } },
    ]);
    expect(report.replayed).toBe(1);
  });

  it('is what was folded or is missing, which is counted', async () => {
    const disk = await diskOf([plain]);
    const trail = await open(disk.files);
    const at = new Date(NOW_MS).toISOString();
    const folded = { caller: 'edge', code: 'x', policy: '', count: 40, from: at, to: at };
    await trail.append(foldedJson(folded));
    await trail.gap({ queue_full: 3, not_written: 4, killed: null });
    await trail.close();
    const report = await replay(disk, ALL);
    const missing = { missing: 7, missingUnknown: 1 };
    expect(report).toMatchObject({ replayed: 1, folded: 40, ...missing, findings: { count: 0 } });
  });

  it('is left out where it was at another time', async () => {
    const disk = await diskOf([plain, { version: 2 }]);
    const counted = (window: Window) => replay(disk, ALL, window);
    expect(await counted({ toMs: NOW_MS })).toMatchObject({ decisions: 0, findings: { count: 1 } });
    expect(await counted({ fromMs: NOW_MS, toMs: NOW_MS + 1 })).toMatchObject({ decisions: 1 });
    expect(await counted({ fromMs: NOW_MS + 1 })).toMatchObject({ decisions: 0 });
  });
});
