import { describeViolations } from '../../../src/pep/grpc/violations';

const violations = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ path: `p${String(index)}`, problem: 'is wrong' }));

describe('the message about violations', () => {
  it('names each with its path', () => {
    expect(describeViolations(violations(2))).toBe('`p0` is wrong; `p1` is wrong');
  });

  it('calls the message itself by no path', () => {
    expect(describeViolations([{ path: '', problem: 'is wrong' }])).toBe('the message is wrong');
  });

  it('is bounded: the seventeenth and further ones are counted', () => {
    expect(describeViolations(violations(16))).toMatch(/; `p15` is wrong$/);
    expect(describeViolations(violations(17))).toMatch(/; `p15` is wrong; and 1 more$/);
    expect(describeViolations(violations(1000))).toMatch(/; `p15` is wrong; and 984 more$/);
  });
});
