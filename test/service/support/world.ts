import { DIALECTS } from '../../support/dialects';
import { digestOf } from '../../../src/platform/digest';
import { createIdSource } from '../../../src/platform/ids';
import type { Answer, Ask } from '../../../src/ports/answer';
import type { Clock } from '../../../src/ports/clock';
import type { PolicyRoot } from '../../../src/ports/service-config';
import { createBundleStore } from '../../../src/service/bundle-store';
import type { BundleStore } from '../../../src/service/bundle-store';
import { createDecisionPoint } from '../../../src/service/decision-point';
import type { DecisionAudit } from '../../../src/ports/decision-audit';
import type { DecisionPoint } from '../../../src/service/decision-point';
import { loadPolicies } from '../../../src/service/policy-loader';
import type { LoadedPolicies } from '../../../src/service/policy-loader';
import { createMemoryReader } from '../../cli/support/memory-reader';
import type { MemoryFiles } from '../../cli/support/memory-reader';

/** 2026-01-01T00:00:00Z, at which clocks of these tests stand until they are moved. */
export const START_MS = Date.UTC(2026, 0, 1);

/** A clock that stands still until it is moved. */
export interface TestClock extends Clock {
  moveMs(ms: number): void;
}

/** Creates a clock at START_MS. */
export function createTestClock(): TestClock {
  let nowMs = START_MS;
  return {
    nowMs: () => nowMs,
    moveMs: (ms) => {
      nowMs += ms;
    },
  };
}

/** Loads files that exist only in the test; without roots, each file is one. */
export function loadFiles(
  files: MemoryFiles,
  roots: readonly PolicyRoot[] = Object.keys(files).map((path) => ({ path })),
): Promise<LoadedPolicies> {
  return loadPolicies({ roots, reader: createMemoryReader(files), dialects: DIALECTS, digestOf });
}

/** Loads one text that must be right. */
export async function loadText(text: string): Promise<LoadedPolicies> {
  const loaded = await loadFiles({ 'policy.yaml': text });
  if (loaded.bundle === undefined) throw new Error(JSON.stringify(loaded.findings));
  return loaded;
}

/** A decision point over a real store, with what it has recorded. */
export interface TestPoint {
  readonly point: DecisionPoint;
  readonly store: BundleStore;
  readonly clock: TestClock;
  readonly records: readonly (readonly [Ask, Answer])[];
  readonly defects: readonly unknown[];
}

/** Creates a decision point; without `loaded`, nothing has been loaded yet. */
export function createTestPoint(
  loaded?: LoadedPolicies,
  maxStalenessMs?: number,
  audit?: Pick<DecisionAudit, 'keep'> & Partial<DecisionAudit>,
): TestPoint {
  const clock = createTestClock();
  const store = createBundleStore({
    clock,
    ...(maxStalenessMs === undefined ? {} : { maxStalenessMs }),
  });
  if (loaded !== undefined) store.offer(loaded);
  const records: (readonly [Ask, Answer])[] = [];
  const defects: unknown[] = [];
  const point = createDecisionPoint({
    store,
    clock,
    ids: createIdSource(),
    ...(audit === undefined ? {} : { audit: { withdraw: () => undefined, ...audit } }),
    log: { record: (ask, answer) => void records.push([ask, answer]) },
    onDefect: (error) => void defects.push(error),
  });
  return { point, store, clock, records, defects };
}
