import { CATALOG, POLICY } from '../cli/support/files';
import { createBundleStore } from '../../src/service/bundle-store';
import type { BundleStore } from '../../src/service/bundle-store';
import { createTestClock, loadFiles, loadText, START_MS } from './support/world';
import type { TestClock } from './support/world';

const GOOD = `${CATALOG}---\n${POLICY}`;
const OTHER = GOOD.replace('days: 7', 'days: 30');
const BROKEN = GOOD.replace('max_retention_days', 'max_retention_dayz');

/** A claim that ends a minute after the clock's start. */
const EXPIRING = GOOD.replace(
  'training_opt_out: true, retention_days: 0',
  `training_opt_out: { value: true, expires_at: '2026-01-01T00:01:00Z' }, retention_days: 0`,
);

let clock: TestClock;
let store: BundleStore;

beforeEach(() => {
  clock = createTestClock();
  store = createBundleStore({ clock, maxStalenessMs: 5000 });
});

const broken = () => loadFiles({ 'policy.yaml': BROKEN });

describe('a store without a bundle', () => {
  it('has neither age nor reference, and is not stale', () => {
    expect(store.active()).toBeUndefined();
    expect(store.reference(START_MS)).toBeUndefined();
    expect(store.ageMs()).toBeUndefined();
    expect(store.isStale()).toBe(false);
  });

  it('stays without one when the first is wrong, and says why', async () => {
    expect(store.offer(await broken())).toBe('rejected');
    expect(store.active()).toBeUndefined();
    expect(store.lastRejected()).toMatchObject({
      rejectedAtMs: START_MS,
      findings: [{ severity: 'error', code: 'unknown_key' }],
    });
  });

  it('has nothing to confirm or to prepare', () => {
    store.confirm();
    store.prepare();
    expect(store.ageMs()).toBeUndefined();
  });
});

describe('a store with a bundle', () => {
  beforeEach(async () => {
    store.offer(await loadText(GOOD));
  });

  it('names it, its files and its time', () => {
    expect(store.active()).toMatchObject({
      sequence: 1,
      loadedAtMs: START_MS,
      files: ['policy.yaml'],
    });
    const digest = store.active()?.bundle.digest;
    expect(store.reference(START_MS)).toEqual({ digest, sequence: 1, stale: false });
  });

  it('takes another one, and counts', async () => {
    const before = store.active()?.bundle.digest;
    clock.moveMs(7);
    expect(store.offer(await loadText(OTHER))).toBe('activated');
    expect(store.active()).toMatchObject({ sequence: 2, loadedAtMs: START_MS + 7 });
    expect(store.active()?.bundle.digest).not.toBe(before);
    expect(store.reference(clock.nowMs())).toMatchObject({ sequence: 2 });
  });

  it('keeps the very same bundle where the same is offered again', async () => {
    const before = store.active();
    clock.moveMs(7);
    expect(store.offer(await loadText(GOOD))).toBe('unchanged');
    expect(store.active()).toBe(before);
    expect(store.ageMs()).toBe(0);
  });

  it('keeps the last good one where a wrong one is offered, until a good one is', async () => {
    const before = store.active();
    expect(store.offer(await broken())).toBe('rejected');
    expect(store.active()).toBe(before);
    expect(store.lastRejected()?.findings).toHaveLength(1);
    expect(store.offer(await loadText(GOOD))).toBe('unchanged');
    expect(store.lastRejected()).toBeUndefined();
  });

  it('shows errors before other findings', async () => {
    const [error] = (await broken()).findings;
    if (error === undefined) throw new Error('no finding');
    store.offer({
      tests: [],
      expansions: {},
      findings: [{ ...error, severity: 'warning' }, error],
      sources: [],
    });
    expect(store.lastRejected()?.findings.map(({ severity }) => severity)).toEqual([
      'error',
      'warning',
    ]);
  });
});

describe('the age', () => {
  beforeEach(async () => {
    store.offer(await loadText(GOOD));
  });

  it('counts from the last reading of valid sources, changed or not', () => {
    clock.moveMs(3000);
    expect(store.ageMs()).toBe(3000);
    store.confirm();
    expect(store.ageMs()).toBe(0);
  });

  it('is stale beyond the limit only, and every reference says so', () => {
    clock.moveMs(5000);
    expect(store.isStale()).toBe(false);
    expect(store.reference(clock.nowMs())).toMatchObject({ stale: false });
    clock.moveMs(1);
    expect(store.isStale()).toBe(true);
    expect(store.reference(clock.nowMs())).toMatchObject({ stale: true });
    store.confirm();
    expect(store.reference(clock.nowMs())).toMatchObject({ stale: false });
  });

  it('goes on while the sources are wrong, however often they are read', async () => {
    clock.moveMs(1000);
    store.offer(await broken());
    clock.moveMs(1000);
    store.confirm();
    expect(store.ageMs()).toBe(2000);
  });

  it('has no limit where none is configured', async () => {
    const patient = createBundleStore({ clock });
    patient.offer(await loadText(GOOD));
    clock.moveMs(Number.MAX_SAFE_INTEGER - START_MS);
    expect(patient.isStale()).toBe(false);
  });
});

describe('the reference', () => {
  it('says until when the verdicts hold, and not beyond', async () => {
    store.offer(await loadText(EXPIRING));
    const endMs = START_MS + 60_000;
    expect(store.reference(START_MS)).toMatchObject({ validUntilMs: endMs });
    expect(store.reference(endMs - 1)).toMatchObject({ validUntilMs: endMs });
    expect(store.reference(endMs)).not.toHaveProperty('validUntilMs');
  });

  it('is one object as long as nothing in it changes', async () => {
    store.offer(await loadText(EXPIRING));
    const first = store.reference(START_MS);
    expect(store.reference(START_MS + 1)).toBe(first);
    expect(store.reference(START_MS + 59_999)).toBe(first);
    expect(store.reference(START_MS + 60_000)).not.toBe(first);
  });

  it('is made anew where the clock is set back, for another instant may be the next', async () => {
    store.offer(await loadText(EXPIRING));
    expect(store.reference(START_MS + 60_000)).not.toHaveProperty('validUntilMs');
    expect(store.reference(START_MS)).toMatchObject({ validUntilMs: START_MS + 60_000 });
  });
});

describe('preparing for an expiry', () => {
  /** How often the bundle's catalog was looked at, which judging it cannot do without. */
  let looks: number;

  beforeEach(async () => {
    const loaded = await loadText(EXPIRING);
    const { bundle } = loaded;
    if (bundle === undefined) throw new Error('not loaded');
    const counted = {
      ...bundle,
      get catalog() {
        looks += 1;
        return bundle.catalog;
      },
    };
    store.offer({ ...loaded, bundle: counted });
    looks = 0;
  });

  it('waits until it is ten seconds away, and is done once', () => {
    clock.moveMs(49_999);
    store.prepare();
    expect(looks).toBe(0);
    clock.moveMs(1);
    store.prepare();
    expect(looks).toBeGreaterThan(0);
    const before = looks;
    store.prepare();
    expect(looks).toBe(before);
  });

  it('leaves the verdicts of before as they are', () => {
    clock.moveMs(55_000);
    const before = store.reference(clock.nowMs());
    store.prepare();
    expect(store.reference(clock.nowMs())).toBe(before);
  });

  it('is not needed once nothing ends any more', () => {
    clock.moveMs(60_000);
    store.prepare();
    expect(looks).toBe(0);
  });

  it('starts anew with another bundle', async () => {
    clock.moveMs(55_000);
    store.prepare();
    store.offer(await loadText(GOOD));
    store.offer(await loadText(EXPIRING));
    expect(store.active()?.sequence).toBe(3);
    expect(store.reference(clock.nowMs())).toMatchObject({ validUntilMs: START_MS + 60_000 });
  });
});
