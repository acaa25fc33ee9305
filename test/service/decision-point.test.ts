import type { Answer } from '../../src/ports/answer';
import { decide } from '../../src/core/engine/decide';
import { decideOnce } from '../../src/service/decide-once';
import type { MinBundle } from '../../src/ports/answer';
import { CATALOG, POLICY } from '../cli/support/files';
import { ask } from './support/asks';
import { createTestPoint, loadText, START_MS } from './support/world';
import { now } from './support/now';

const SETTINGS = `apiVersion: ambit/v1
kind: Bundle
metadata: { name: test }
spec: { revision: 7 }
`;
const GOOD = `${SETTINGS}---\n${CATALOG}---\n${POLICY}`;
const WITHOUT_REVISION = `${CATALOG}---\n${POLICY}`;
const ASK = ask({ requestId: 'r-1', targets: ['good/chat-large', 'silent/chat'] });

describe('a decision point', () => {
  it('answers with what the engine decides, the bundle, and an id of its own', async () => {
    const { point, store } = createTestPoint(await loadText(GOOD));
    const bundle = store.active()?.bundle;
    if (bundle === undefined) throw new Error('nothing is active');
    const answer = now(point.decide(ASK, 'decide'));
    expect(answer).toMatchObject({ requestId: 'r-1', detail: 'reasons' });
    expect(answer.decision).toEqual(decide(bundle, ASK.request, START_MS));
    expect(answer.decision.outcome).toBe('allow');
    expect(answer.bundle).toMatchObject({ digest: bundle.digest, revision: 7, sequence: 1 });
    expect(answer.set).toBe(bundle.set);
    expect(now(point.decide(ASK, 'decide')).decisionId).not.toBe(answer.decisionId);
  });

  it('records decisions, and neither judgements nor explanations', async () => {
    const { point, records } = createTestPoint(await loadText(GOOD));
    const answer = now(point.decide(ASK, 'decide'));
    point.judge(ASK);
    point.explain(ASK);
    expect(records).toEqual([[ASK, answer]]);
  });

  it('explains every rule on every candidate', async () => {
    const { point } = createTestPoint(await loadText(GOOD));
    const { answer, candidates } = point.explain(ASK);
    expect(answer.decision.outcome).toBe('allow');
    expect(candidates.map(({ ref, rows }) => [ref, rows.length])).toEqual([
      ['good/chat-large', 2],
      ['silent/chat', 2],
    ]);
  });
});

describe('what the service itself refuses', () => {
  const codeOf = (tested: ReturnType<typeof createTestPoint>, asked = ASK): unknown => {
    const { decision } = now(tested.point.decide(asked, 'decide'));
    expect(decision.eligible).toEqual([]);
    expect(decision.verdicts.map(({ eligible }) => eligible)).toEqual([false, false]);
    expect(decision.block?.httpStatus).toBe(503);
    expect(tested.point.explain(asked)).toMatchObject({
      answer: { decision: { outcome: 'block' } },
      candidates: [],
    });
    return decision.block?.code;
  };

  it('is everything while nothing is loaded', () => {
    const tested = createTestPoint();
    expect(codeOf(tested)).toBe('policy_stale');
    expect(now(tested.point.decide(ASK, 'decide'))).not.toHaveProperty('bundle');
  });

  it('is everything once the sources are too old', async () => {
    const tested = createTestPoint(await loadText(GOOD), 1000);
    tested.clock.moveMs(1001);
    expect(codeOf(tested)).toBe('policy_stale');
    tested.store.confirm();
    expect(now(tested.point.decide(ASK, 'decide')).decision.outcome).toBe('allow');
  });

  it('is everything after it was told so', async () => {
    const tested = createTestPoint(await loadText(GOOD));
    tested.point.refuseFurther();
    expect(codeOf(tested)).toBe('shutting_down');
  });

  it.each<[string, MinBundle, string, boolean]>([
    ['the active revision', { kind: 'revision', revision: 7n }, GOOD, true],
    ['an older revision', { kind: 'revision', revision: -1n }, GOOD, true],
    ['a newer revision', { kind: 'revision', revision: 8n }, GOOD, false],
    ['the greatest revision', { kind: 'revision', revision: 2n ** 63n - 1n }, GOOD, false],
    ['any revision of none', { kind: 'revision', revision: 0n }, WITHOUT_REVISION, false],
    ['another digest', { kind: 'digest', digest: 'sha256:0' }, GOOD, false],
    ['an empty digest', { kind: 'digest', digest: '' }, GOOD, false],
  ])('is what demands another bundle: %s', async (_, minBundle, text, holds) => {
    const loaded = await loadText(text);
    const tested = createTestPoint(loaded);
    const demanding = { ...ASK, minBundle };
    if (holds) expect(now(tested.point.decide(demanding, 'decide')).decision.outcome).toBe('allow');
    else expect(codeOf(tested, demanding)).toBe('bundle_too_old');
    if (loaded.bundle === undefined) throw new Error('not loaded');
    const here = decideOnce(loaded.bundle, demanding, { nowMs: START_MS, decisionId: 'd' });
    expect(here.decision).toEqual(now(tested.point.decide(demanding, 'decide')).decision);
  });

  it('is nothing where exactly the active digest is demanded', async () => {
    const { point, store } = createTestPoint(await loadText(GOOD));
    const digest = store.active()?.bundle.digest ?? '';
    const answer = now(point.decide({ ...ASK, minBundle: { kind: 'digest', digest } }, 'decide'));
    expect(answer.decision.outcome).toBe('allow');
  });
});

describe('a defect', () => {
  it('ends in a block that tells nothing about it, and is reported', async () => {
    const loaded = await loadText(GOOD);
    if (loaded.bundle === undefined) throw new Error('not loaded');
    const { bundle } = loaded;
    let planted = false;
    const faulty = {
      ...bundle,
      get catalog() {
        if (planted) throw new Error('planted');
        return bundle.catalog;
      },
    };
    const tested = createTestPoint({ ...loaded, bundle: faulty });
    planted = true;
    const { context } = ask({ context: { preferences: { only: ['good'] } } }).request;
    const { decision } = now(
      tested.point.decide({ ...ASK, request: { ...ASK.request, context } }, 'decide'),
    );
    expect(decision).toMatchObject({
      outcome: 'block',
      verdicts: [{ eligible: false }, { eligible: false }],
      block: { code: 'internal_error', httpStatus: 503 },
    });
    expect(JSON.stringify(decision)).not.toContain('planted');
    expect(tested.defects).toHaveLength(1);
    planted = false;
    expect(now(tested.point.decide(ASK, 'decide')).decision.outcome).toBe('allow');
  });
});

describe('a decision whose evidence is kept first', () => {
  it('is answered and logged once it is kept', async () => {
    let settle: (isKept: boolean) => void = () => undefined;
    const kept = new Promise<boolean>((resolve) => (settle = resolve));
    const { point, records } = createTestPoint(await loadText(GOOD), undefined, {
      keep: () => kept,
    });
    const soon = point.decide(ASK, 'decide');
    expect([soon, records]).toEqual([expect.any(Promise), []]);
    settle(true);
    const answer = await soon;
    expect(answer.decision.outcome).toBe('allow');
    expect(records).toEqual([[ASK, answer]]);
  });

  it('is a block where it cannot be kept, under another id, and nothing else is told', async () => {
    const made: Answer[] = [];
    const { point, records } = createTestPoint(await loadText(GOOD), undefined, {
      keep: ({ answer }) => {
        made.push(answer);
        return Promise.resolve(false);
      },
    });
    const answer = await point.decide(ASK, 'decide');
    expect(answer.decision).toMatchObject({
      outcome: 'block',
      eligible: [],
      block: { code: 'audit_unavailable', httpStatus: 503 },
    });
    expect(answer.decisionId).not.toBe(made[0]?.decisionId);
    expect(records).toEqual([[ASK, answer]]);
  });

  it('is answered at once where there is nothing to wait for, and none is kept of what is only judged', async () => {
    const kept: string[] = [];
    const { point } = createTestPoint(await loadText(GOOD), undefined, {
      keep: ({ answer, via }) => void kept.push(`${via} ${answer.decisionId}`),
    });
    const { decisionId } = now(point.decide(ASK, 'stream'));
    point.judge(ASK);
    point.explain(ASK);
    expect(kept).toEqual([`stream ${decisionId}`]);
  });
});

describe('one decision without a service', () => {
  it('is what a service with the same bundle answers', async () => {
    const loaded = await loadText(GOOD);
    if (loaded.bundle === undefined) throw new Error('not loaded');
    const there = now(createTestPoint(loaded).point.decide(ASK, 'decide'));
    const here = decideOnce(loaded.bundle, ASK, { nowMs: START_MS, decisionId: there.decisionId });
    expect(here).toEqual(there);
  });
});
