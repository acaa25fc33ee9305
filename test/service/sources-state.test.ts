import { CATALOG, POLICY } from '../cli/support/files';
import { createBundleStore } from '../../src/service/bundle-store';
import { readSourcesState } from '../../src/service/sources-state';
import { createTestClock, loadFiles, loadText, START_MS } from './support/world';

const GOOD = `${CATALOG}---\n${POLICY}`;

describe('what metrics tell of the sources', () => {
  it('is next to nothing before the first reading', () => {
    const store = createBundleStore({ clock: createTestClock() });
    expect(readSourcesState(store, { nowMs: START_MS })).toEqual({ stale: false });
  });

  it('is the bundle that decides, and how old its sources are', async () => {
    const clock = createTestClock();
    const store = createBundleStore({ clock, maxStalenessMs: 1000 });
    const loaded = await loadText(GOOD);
    store.offer(loaded);
    store.offer(await loadFiles({ 'policy.yaml': 'apiVersion: nonsense' }));
    clock.moveMs(1500);
    const state = readSourcesState(store, { nowMs: clock.nowMs(), maxStalenessMs: 1000 });
    expect(state).toEqual({
      bundle: {
        digest: loaded.bundle?.digest,
        sequence: 1,
        loadedAtMs: START_MS,
        targets: loaded.bundle?.catalog.targets.length,
        policies: loaded.bundle?.policies.length,
        files: 1,
        expiringClaims: { within7Days: 0, within30Days: 0 },
      },
      rejectedAtMs: START_MS,
      ageMs: 1500,
      maxAgeMs: 1000,
      stale: true,
    });
    expect(state.bundle?.targets).toBeGreaterThan(0);
    expect(state.bundle?.policies).toBeGreaterThan(0);
  });

  it('has the revision and the next expiry where there are some', async () => {
    const clock = createTestClock();
    const store = createBundleStore({ clock });
    const expiring = GOOD.replace(
      'training_opt_out: true, retention_days: 0',
      `training_opt_out: { value: true, expires_at: '2026-01-01T00:01:00Z' }, retention_days: 0`,
    );
    const revision =
      'apiVersion: ambit/v1\nkind: Bundle\nmetadata: {name: b}\nspec: {revision: 42}\n---\n';
    store.offer(await loadText(revision + expiring));
    expect(readSourcesState(store, { nowMs: START_MS }).bundle).toMatchObject({
      revision: 42,
      validUntilMs: Date.parse('2026-01-01T00:01:00Z'),
    });
  });

  it.each([
    ['2026-01-01T00:00:00Z', 0, 0],
    ['2026-01-01T00:00:01Z', 1, 1],
    ['2026-01-08T00:00:00Z', 1, 1],
    ['2026-01-08T00:00:01Z', 0, 1],
    ['2026-01-31T00:00:00Z', 0, 1],
    ['2026-01-31T00:00:01Z', 0, 0],
  ])('counts a claim that ends at %s: %i within 7 days, %i within 30', async (at, week, month) => {
    const store = createBundleStore({ clock: createTestClock() });
    const value = `{ value: true, expires_at: '${at}' }`;
    store.offer(
      await loadText(GOOD.replace('training_opt_out: true', `training_opt_out: ${value}`)),
    );
    const { bundle } = readSourcesState(store, { nowMs: START_MS });
    expect(bundle?.expiringClaims).toEqual({ within7Days: week, within30Days: month });
  });
});
