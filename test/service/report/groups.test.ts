import { createGroups } from '../../../src/service/groups';
import { createTimeline } from '../../../src/service/report/timeline';

describe('groups', () => {
  it('tell so many apart, and keep exact sums of all others', () => {
    const groups = createGroups<number, 'count'>(['count'], 50);
    for (let n = 0; n < 1_000; n += 1) {
      const key = n % 100;
      groups.of(String(key), () => key).counts.count += 1;
    }
    groups.of('7', () => 7).counts.count += 1;
    const { listed, others } = groups.top(10);
    expect(listed[0]).toEqual({ key: 7, counts: { count: 11 } });
    expect(listed).toHaveLength(10);
    expect(others).toEqual({ groups: 41, areMore: true, counts: { count: 1_001 - 101 } });
  });
});

describe('a timeline', () => {
  it.each([1, 1_000, 3_600_000, 40 * 86_400_000])(
    'keeps every decision in few slices, %d ms apart',
    (step) => {
      const timeline = createTimeline();
      for (let n = 0; n < 3_000; n += 1) timeline.add(n * step, n % 3 === 0 ? 'block' : 'allow');
      const slices = timeline.slices();
      expect(slices.length).toBeLessThanOrEqual(60);
      const sum = (name: 'decisions' | 'block'): number =>
        slices.reduce((all, { counts }) => all + counts[name], 0);
      expect([sum('decisions'), sum('block')]).toEqual([3_000, 1_000]);
      slices.slice(1).forEach(({ from }, index) => {
        expect(from).toBe(slices[index]?.to);
      });
    },
  );
});
