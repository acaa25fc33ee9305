import { SERVICE_LIMITS } from '../../src/ports/service-limits';
import type { LimitSpec } from '../../src/ports/service-limits';
import { tableRows, textOf } from './support/project-files';

const SECTION = /^## What can be configured$([\s\S]*?)^## /mu.exec(textOf('docs/limits.md'))?.[1];

const LIMITS: readonly (readonly [string, LimitSpec])[] = Object.entries(SERVICE_LIMITS);

describe('docs/limits.md', () => {
  it('has a row for each limit, in their order, with default, bounds, unit and reason', () => {
    const rows = LIMITS.map(([name, { default: usual, min, max, unit, reason }]) => [
      name,
      String(usual),
      `${String(min)} to ${String(max)}`,
      unit,
      reason,
    ]);
    expect(tableRows(SECTION ?? '').slice(2)).toEqual(rows);
  });
});

describe('limits', () => {
  it.each(LIMITS)('%s has its default within its bounds, and says its unit', (name, limit) => {
    expect(limit.min).toBeLessThan(limit.max);
    expect(limit.default).toBeGreaterThanOrEqual(limit.min);
    expect(limit.default).toBeLessThanOrEqual(limit.max);
    if (/_(?:bytes|seconds|ms)$/u.test(name)) {
      expect(name.replace('_ms', '_milliseconds').endsWith(limit.unit)).toBe(true);
    }
  });
});
