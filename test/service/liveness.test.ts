import { LIVENESS_CHECKS, worstState } from '../../src/ports/health-check';
import { createLiveness } from '../../src/service/liveness';

describe('liveness', () => {
  it('has every check once, in the order of the list', () => {
    expect(createLiveness(() => false).checks()).toEqual(
      LIVENESS_CHECKS.map((name) => ({ name, state: 'ok' })),
    );
  });

  it('fails after a hundred defects without a decision, and says so', () => {
    const liveness = createLiveness(() => false);
    for (let count = 1; count < 100; count += 1) liveness.failed();
    expect(worstState(liveness.checks())).toBe('ok');
    liveness.failed();
    expect(liveness.checks()).toContainEqual({
      name: 'decisions',
      state: 'failed',
      reason: 'every decision meets a defect',
    });
  });

  it('stays as long as decisions come between the defects, and recovers with one', () => {
    const liveness = createLiveness(() => false);
    for (let count = 1; count <= 1000; count += 1) {
      liveness.failed();
      if (count % 50 === 0) liveness.decided();
    }
    expect(worstState(liveness.checks())).toBe('ok');
    for (let count = 1; count <= 100; count += 1) liveness.failed();
    expect(worstState(liveness.checks())).toBe('failed');
    liveness.decided();
    expect(worstState(liveness.checks())).toBe('ok');
  });

  it('does not fail where a decision can still be made: a client may know how to meet a defect', () => {
    const liveness = createLiveness(() => true);
    for (let count = 0; count < 1000; count += 1) liveness.failed();
    expect(worstState(liveness.checks())).toBe('ok');
  });
});
