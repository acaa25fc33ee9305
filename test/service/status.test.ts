import { createLifecycle, readStatus } from '../../src/service/status';
import { CATALOG, POLICY } from '../cli/support/files';
import { createTestPoint, loadFiles, loadText } from './support/world';

describe('the status', () => {
  it('is starting, ready, draining', async () => {
    const { store, clock } = createTestPoint();
    const lifecycle = createLifecycle();
    const state = () => readStatus({ store, clock, lifecycle }).state;
    expect(state()).toBe('starting');
    store.offer(await loadText(`${CATALOG}---\n${POLICY}`));
    expect(state()).toBe('ready');
    lifecycle.startDraining();
    expect(state()).toBe('draining');
  });

  it('tells what is active, what was refused, and how old it is', async () => {
    const { store, clock } = createTestPoint(await loadText(`${CATALOG}---\n${POLICY}`), 10);
    const read = () => readStatus({ store, clock, lifecycle: createLifecycle() });
    expect(read()).toEqual({
      state: 'ready',
      active: { ...store.active(), reference: store.reference(clock.nowMs()) },
      stale: false,
      ageMs: 0,
    });
    clock.moveMs(11);
    store.offer(await loadFiles({ 'policy.yaml': 'nonsense: true' }));
    expect(read()).toMatchObject({ stale: true, ageMs: 11 });
    expect(read().lastRejected?.findings).not.toHaveLength(0);
  });

  it('is without age and bundle before the first reading', () => {
    const { store, clock } = createTestPoint();
    expect(readStatus({ store, clock, lifecycle: createLifecycle() })).toEqual({
      state: 'starting',
      stale: false,
    });
  });
});
