import fc from 'fast-check';
import type { ClaimName, ClaimValue } from '../../../../src/core/model/claim';
import type { ClaimReading, RequirementRule } from '../../../../src/core/model/requirement';
import { claimsOf, evaluateRule } from '../../../../src/core/requirements/registry';
import type { UnmetState } from '../../../../src/core/requirements/requirement-kind';
import { factsOf, notInForce, stated, throwingFacts } from './facts';
import { runs, SEED, Spread } from '../../../laws/support/runs';

/** One rule, and what an independent reading of the specification says of it. */
export interface KindCase {
  readonly rule: RequirementRule;
  /** For each claim that the rule reads, a value that satisfies. */
  readonly good: ReadonlyMap<ClaimName, ClaimValue>;
  /** `all`: each of them must hold; `any`: one is enough. */
  readonly needs: 'all' | 'any';
  /** The claim whose state stands, unless another is conflicting; absent: the worst state of all stands. */
  readonly leads?: ClaimName;
  /** Whether a value that is in force is what the rule wants of the claim. */
  accepts(name: ClaimName, value: ClaimValue): boolean;
  /** Values near the edge, accepted or not, beside those that every kind is tried with. */
  readonly edges: readonly ClaimValue[];
}

const WORST_FIRST: readonly UnmetState[] = [
  'error',
  'conflicting',
  'expired',
  'unknown',
  'contrary',
];
const ODD_VALUES: readonly ClaimValue[] = [
  true,
  false,
  '',
  'true',
  0,
  1,
  -1,
  NaN,
  Infinity,
  [],
  [''],
];

/** What every kind owes: the five states, the edges, and the property that nothing but a statement satisfies. */
export function describeKind(kind: KindCase): void {
  const names = [...kind.good.keys()];
  it('reads exactly its claims', () => {
    expect([...claimsOf(kind.rule)].sort()).toEqual([...names].sort());
  });
  it('is satisfied by what it wants, and says what it relied on', () => {
    const result = evaluateRule(kind.rule, factsOf(readingsOf(kind.good)));
    expect(result.state).toBe('satisfied');
    const reliedOn = result.state === 'satisfied' ? result.reliedOn.map((one) => one.name) : [];
    expect(names).toEqual(expect.arrayContaining(reliedOn));
    expect(reliedOn.length).toBeGreaterThan(0);
  });
  describeStates(kind);
  describeValues(kind);
  it('is an error, and blocks, if reading a claim fails', () => {
    expect(evaluateRule(kind.rule, throwingFacts())).toMatchObject({ state: 'error' });
  });
  itSatisfiesOnlyStatements(kind);
}

function describeStates(kind: KindCase): void {
  it.each(['unknown', 'uncovered', 'expired', 'conflicting'])(
    'is not met where claims are %s',
    (label) => {
      const index = ['unknown', 'uncovered', 'expired', 'conflicting'].indexOf(label);
      const readings = [...kind.good].map(
        ([name, value]) => [name, notInForce(name, value)[index]] as const,
      );
      const result = evaluateRule(kind.rule, factsOf(withoutHoles(readings)));
      expect(result).toMatchObject({ state: label === 'uncovered' ? 'unknown' : label });
      expect(result).toHaveProperty('claim', expect.stringMatching(/./));
      expect('evidence' in result).toBe(label !== 'unknown');
    },
  );
}

function describeValues(kind: KindCase): void {
  const cases = [...kind.good.keys()].flatMap((name) =>
    [...kind.edges, ...ODD_VALUES].map((value) => [name, value] as const),
  );
  it.each(cases)('judges %s: %p', (name, value) => {
    const others = kind.needs === 'all' ? kind.good : new Map<ClaimName, ClaimValue>();
    const readings = new Map(readingsOf(others)).set(name, stated(name, value));
    const result = evaluateRule(kind.rule, factsOf(readings));
    expect(result.state === 'satisfied').toBe(kind.accepts(name, value));
  });
}

function itSatisfiesOnlyStatements(kind: KindCase): void {
  it('is satisfied only by statements in force, and otherwise shows the worst state', () => {
    const seen = new Spread();
    fc.assert(
      fc.property(anyReadings(kind), (readings) => {
        const states = [...readings].map(([name, reading]) => stateOf(kind, name, reading));
        const holding = states.filter((state) => state === 'satisfied').length;
        const met = kind.needs === 'all' ? holding === states.length : holding > 0;
        const worst = WORST_FIRST.find((state) => leadingStates(kind, readings).includes(state));
        const result = evaluateRule(kind.rule, factsOf(readings));
        seen.add(met ? 'satisfied' : 'unmet');
        expect(result.state).toBe(met ? 'satisfied' : worst);
      }),
      { numRuns: runs(300), seed: SEED },
    );
    seen.expectAtLeast(30, 'satisfied', 'unmet');
  });
}

function anyReadings(kind: KindCase): fc.Arbitrary<ReadonlyMap<ClaimName, ClaimReading>> {
  const each = [...kind.good].map(([name, value]) =>
    fc.tuple(
      fc.constant(name),
      fc.oneof(
        { weight: 5, arbitrary: fc.constant(stated(name, value)) },
        { weight: 2, arbitrary: anyValue(kind).map((odd) => stated(name, odd)) },
        { weight: 2, arbitrary: fc.constantFrom(...notInForce(name, value)) },
      ),
    ),
  );
  return fc.tuple(...each).map((pairs) => new Map(pairs));
}

function anyValue(kind: KindCase): fc.Arbitrary<ClaimValue> {
  return fc.oneof(fc.constantFrom(...kind.edges, ...ODD_VALUES), fc.string(), fc.double());
}

function stateOf(kind: KindCase, name: ClaimName, reading: ClaimReading): UnmetState | 'satisfied' {
  if (reading.state !== 'stated') return reading.state;
  return kind.accepts(name, reading.claim.value) ? 'satisfied' : 'contrary';
}

function leadingStates(kind: KindCase, readings: ReadonlyMap<ClaimName, ClaimReading>) {
  return [...readings]
    .map(([name, reading]) => ({ name, state: stateOf(kind, name, reading) }))
    .filter(({ name, state }) => (kind.leads ?? name) === name || state === 'conflicting')
    .map(({ state }) => state);
}

function readingsOf(
  values: ReadonlyMap<ClaimName, ClaimValue>,
): ReadonlyMap<ClaimName, ClaimReading> {
  return new Map([...values].map(([name, value]) => [name, stated(name, value)]));
}

function withoutHoles(
  pairs: readonly (readonly [ClaimName, ClaimReading | undefined])[],
): ReadonlyMap<ClaimName, ClaimReading> {
  return new Map(
    pairs.flatMap(([name, reading]) => (reading === undefined ? [] : [[name, reading]])),
  );
}
