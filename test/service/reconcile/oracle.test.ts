import { chance, pick, someOf, type Source } from '../../generators/source';
import { Spread, runs, SEED } from '../../laws/support/runs';
import { seededSource } from '../../generators/source';
import { CODES, RECONCILE_CODES } from '../../../src/service/reconcile/findings';
import type { ReconcileCode } from '../../../src/service/reconcile/findings';
import {
  attemptLine,
  blockLine,
  decisionLine,
  idAt,
  reconciled,
  tell,
  timeAt,
  toldBy,
} from './support/lines';

const TARGETS = ['a', 'b', 'c', 'd'];

interface Decided {
  readonly id: string;
  readonly kind: 'allow' | 'warn' | 'block' | 'list';
  readonly targets: readonly string[];
}

interface Attempted {
  readonly id: string;
  readonly target: string;
  readonly afterMs: number;
}

interface World {
  readonly decisions: readonly Decided[];
  readonly attempts: readonly Attempted[];
}

/** Milliseconds between two decisions, so that ids of others fit in between. */
const STEP_MS = 10;

function makeWorld(source: Source): World {
  const decisions = Array.from({ length: 1 + source.below(6) }, (_, index): Decided => {
    const kind = pick(source, ['allow', 'allow', 'allow', 'warn', 'block', 'list'] as const);
    const targets = kind === 'block' ? [] : shuffled(source, someOf(source, TARGETS));
    return { id: idAt(index * STEP_MS), kind, targets };
  });
  const attempts = decisions.flatMap((decided) => attemptsOf(source, decided));
  return { decisions, attempts: [...attempts, ...strayAttempts(source, decisions.length)] };
}

function shuffled<T>(source: Source, list: readonly T[]): readonly T[] {
  const keyed = list.map((each) => [source.below(1000), each] as const);
  return keyed.toSorted(([left], [right]) => left - right).map(([, each]) => each);
}

/** As Envoy does it: along the list; and now and then as it never should. */
function attemptsOf(source: Source, { id, targets }: Decided): readonly Attempted[] {
  const tried: string[] = targets.slice(0, source.below(targets.length + 1));
  if (chance(source, 15)) tried.push(pick(source, TARGETS));
  const order = chance(source, 15) ? shuffled(source, tried) : tried;
  return order.map((target, index) => ({ id, target, afterMs: 100 + index }));
}

function strayAttempts(source: Source, decisions: number): readonly Attempted[] {
  const last = (decisions - 1) * STEP_MS;
  const ids = ['', 'x', idAt(-1), idAt(last + 1), idAt(0, 1)];
  return ids.filter(() => chance(source, 8)).map((id) => ({ id, target: 'a', afterMs: 100 }));
}

function lineOf({ id, kind, targets }: Decided): string {
  if (kind === 'block') return blockLine({ decision_id: id });
  const how = kind === 'list' ? { via: 'list' } : { outcome: kind };
  return decisionLine({ decision_id: id, eligible: targets, ...how });
}

/** What is wrong with an attempt, read straight from the words of the documentation; undefined: nothing. */
function naively(world: World, index: number): ReconcileCode | undefined {
  const { decisions, attempts } = world;
  const attempt = attempts[index];
  if (attempt === undefined) throw new Error('no such attempt');
  const { id, target } = attempt;
  if (id === '') return 'no_decision';
  if (id === 'x') return 'malformed_decision_id';
  const decided = decisions.find((each) => each.id === id);
  const ids = decisions.map((each) => each.id).toSorted();
  if (decided === undefined) {
    const last = (decisions.length - 1) * STEP_MS;
    if (ids.length === 0 || id === idAt(-1) || id === idAt(last + 1)) return 'decision_not_given';
    return 'unknown_decision';
  }
  if (decided.kind === 'list') return 'decision_of_listing';
  if (decided.kind === 'block') return 'attempt_after_block';
  if (!decided.targets.includes(target)) return 'ineligible_target';
  const before = attempts.filter((each) => each.id === id && each.afterMs < attempt.afterMs);
  if (before.some((each) => each.target === target)) return 'tried_again';
  const isLate = before.some(
    (each) => decided.targets.indexOf(each.target) > decided.targets.indexOf(target),
  );
  return isLate ? 'out_of_order' : undefined;
}

describe('reconciling', () => {
  it('finds what a naive reading finds, at the same lines, and counts the rest as clean', async () => {
    const spread = new Spread();
    for (let run = 0; run < runs(3000); run += 1) {
      const source = seededSource(SEED + run);
      const made = makeWorld(source);
      const world = { ...made, attempts: shuffled(source, made.attempts) };
      const expected = world.attempts.map((_, index) => naively(world, index));
      const result = await reconciled(
        world.decisions.map(lineOf),
        world.attempts.map(({ id, target, afterMs }) =>
          attemptLine({ decision_id: id, target, time: timeAt(afterMs) }),
        ),
      );
      const told = expected.flatMap((code, index) =>
        code === undefined ? [] : [tell(code, `envoy.log:${String(index + 1)}`)],
      );
      const isClean = (code: ReconcileCode | undefined): boolean =>
        code === undefined || RECONCILE_CODES[code] === 'info';
      expect(toldBy(result).toSorted()).toEqual(told.toSorted());
      expect(result.counts.attempts).toEqual({
        all: expected.length,
        clean: expected.filter(isClean).length,
      });
      expect(result.isClean).toBe(expected.length > 0 && expected.every(isClean));
      for (const code of expected) spread.add(code ?? 'clean');
      spread.add(result.isClean ? 'clean world' : 'unclean world');
    }
    spread.expectAtLeast(100, ...OF_ATTEMPTS, 'clean', 'clean world', 'unclean world');
  });
});

/** Codes of other lines, and of records that disagree, have cases of their own. */
const OF_OTHERS: readonly string[] = [
  'conflicting_decisions',
  'disputed_decision',
  'decision_reused',
  'metadata_disagrees',
  'attempt_not_logged',
  'no_attempt',
];
const OF_ATTEMPTS = CODES.filter((code) => !OF_OTHERS.includes(code));
