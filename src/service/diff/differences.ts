import { TENANT_KEY } from '../../core/policy/scope-match';
import type { ScopeCombination } from './circumstances';
import type { DiffChange, DiffCircumstance, DiffDifference } from './diff-document';
import type { AskedSituation } from './situations';

/** What was found for the requests of one class. */
export interface Observation {
  readonly combinations: readonly ScopeCombination[];
  readonly situation: AskedSituation;
  readonly changes: readonly DiffChange[];
  /** Questions that were asked. */
  readonly requests: number;
}

/** Changes by who sees them: one that several circumstances have in common is told once. */
export function gatherDifferences(observations: readonly Observation[]): readonly DiffDifference[] {
  const byChange = new Map<string, { change: DiffChange; seenBy: Observation[] }>();
  for (const observation of observations) {
    for (const change of observation.changes) {
      const key = JSON.stringify(change);
      const known = byChange.get(key);
      if (known === undefined) byChange.set(key, { change, seenBy: [observation] });
      else known.seenBy.push(observation);
    }
  }
  const places = new Map(observations.map((observation, place) => [observation, place]));
  const bySeers = new Map<string, { seenBy: Observation[]; changes: DiffChange[] }>();
  for (const { change, seenBy } of byChange.values()) {
    const key = seenBy.map((observation) => places.get(observation)).join();
    const known = bySeers.get(key);
    if (known === undefined) bySeers.set(key, { seenBy, changes: [change] });
    else known.changes.push(change);
  }
  return [...bySeers.values()].map(({ seenBy, changes }) => ({
    for: seenBy.flatMap(circumstancesOf),
    changes,
  }));
}

function circumstancesOf({ combinations, situation }: Observation): readonly DiffCircumstance[] {
  return combinations.map(({ context: { tenant, scope }, otherValues }) => {
    const named = Object.entries({
      ...(tenant === undefined ? {} : { [TENANT_KEY]: tenant }),
      ...Object.fromEntries(scope),
    }).filter(([key]) => !otherValues.includes(key));
    return {
      scope: Object.fromEntries(named),
      otherValues,
      ...(situation.api === undefined ? {} : { api: situation.api }),
      features: situation.features,
    };
  });
}
