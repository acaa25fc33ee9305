import { CATALOG, POLICY } from '../cli/support/files';
import { READINESS_CHECKS, worstState } from '../../src/ports/health-check';
import { createBundleStore } from '../../src/service/bundle-store';
import type { BundleStore } from '../../src/service/bundle-store';
import { readReadiness } from '../../src/service/readiness';
import type { ReadinessParts } from '../../src/service/readiness';
import { createLifecycle } from '../../src/service/status';
import { createTestClock, loadFiles, loadText } from './support/world';
import type { TestClock } from './support/world';

const GOOD = `${CATALOG}---\n${POLICY}`;
const BROKEN = GOOD.replace('max_retention_days', 'max_retention_dayz');

let clock: TestClock;
let store: BundleStore;

beforeEach(async () => {
  clock = createTestClock();
  store = createBundleStore({ clock, maxStalenessMs: 5000 });
  store.offer(await loadText(GOOD));
});

function read(parts: Partial<ReadinessParts> = {}) {
  return readReadiness({
    store,
    lifecycle: createLifecycle(),
    nowMs: () => clock.nowMs(),
    isListening: () => true,
    certificates: () => [],
    isLogFailing: () => false,
    ...parts,
  });
}

/** The checks that are not ok, as lines. */
function wrong(parts: Partial<ReadinessParts> = {}): readonly string[] {
  return read(parts).flatMap((check) =>
    'reason' in check ? [`${check.name} ${check.state}: ${check.reason}`] : [],
  );
}

describe('readiness', () => {
  it('has every check once, in the order of the list', () => {
    expect(read().map(({ name }) => name)).toEqual([...READINESS_CHECKS]);
    expect(worstState(read())).toBe('ok');
  });

  it('fails without a bundle', () => {
    store = createBundleStore({ clock });
    expect(wrong()).toEqual(['bundle failed: no valid bundle has been loaded yet']);
    expect(worstState(read())).toBe('failed');
  });

  it('fails until every listener is open', () => {
    let open = false;
    const parts = { isListening: () => open };
    expect(wrong(parts)).toEqual(['listeners failed: not every listener is open yet']);
    open = true;
    expect(wrong(parts)).toEqual([]);
  });

  it('fails from the moment in which the service shuts down', () => {
    const lifecycle = createLifecycle();
    expect(wrong({ lifecycle })).toEqual([]);
    lifecycle.startDraining();
    expect(wrong({ lifecycle })).toEqual(['shutdown failed: the service is shutting down']);
  });

  it('fails while the sources are too old, and recovers', () => {
    clock.moveMs(5000);
    expect(wrong()).toEqual([]);
    clock.moveMs(1);
    const stale =
      'staleness failed: valid sources were read longer ago than `staleness` allows; every decision blocks';
    expect(wrong()).toEqual([stale]);
    store.confirm();
    expect(wrong()).toEqual([]);
  });

  it('is degraded by refused sources, because the last good bundle decides', async () => {
    store.offer(await loadFiles({ 'policy.yaml': BROKEN }));
    expect(wrong()).toEqual([
      'sources degraded: the last reading was refused with 1 error; the last good bundle decides',
    ]);
    expect(worstState(read())).toBe('degraded');
    store.offer(await loadText(GOOD));
    expect(wrong()).toEqual([]);
  });

  it('tells of refused sources where nothing is served, too', async () => {
    store = createBundleStore({ clock });
    store.offer(await loadFiles({ 'policy.yaml': BROKEN }));
    expect(wrong()).toEqual([
      'bundle failed: no valid bundle has been loaded yet',
      'sources degraded: the last reading was refused with 1 error; nothing is served',
    ]);
  });

  it('is degraded by certificates that have expired or cannot be renewed, the expired ones first', () => {
    const certificate = { listener: 'a', expiresAtMs: clock.nowMs() + 1, isOutdated: false };
    const outdated = { ...certificate, isOutdated: true };
    expect(wrong({ certificates: () => [certificate] })).toEqual([]);
    expect(wrong({ certificates: () => [outdated, outdated] })).toEqual([
      'certificates degraded: changed files of 2 listeners cannot be used; the certificates before them stay',
    ]);
    clock.moveMs(1);
    expect(wrong({ certificates: () => [outdated] })).toEqual([
      'certificates degraded: the certificates of 1 listener have expired',
    ]);
  });

  it('is degraded by a log that cannot be written', () => {
    expect(wrong({ isLogFailing: () => true })).toEqual([
      'log degraded: lines of the log cannot be written and are lost',
    ]);
  });

  it('names no path, tenant or rule', async () => {
    store.offer(await loadFiles({ 'secret-place.yaml': BROKEN }));
    expect(JSON.stringify(read())).not.toMatch(/secret-place|retention|acme/);
  });
});
