import fc from 'fast-check';
import type { ClaimName } from '../../../src/core/model/claim';
import type {
  ClaimReading,
  ExpressionInput,
  ExpressionResult,
  RequirementRule,
} from '../../../src/core/model/requirement';
import {
  claimsOf,
  evaluateRule,
  expectedOf,
  remedyOf,
} from '../../../src/core/requirements/registry';
import { claim, factsOf, notInForce, stated, statedFacts, throwingFacts } from './support/facts';
import { runs, SEED, Spread } from '../../laws/support/runs';

const TEXT = 'claims.retention_days <= 7 && claims.soc2 != "none"';
const CLAIMS = ['retention_days', 'soc2'] as const;

function rule(
  program: (input: ExpressionInput) => ExpressionResult,
  claims: readonly ClaimName[] = CLAIMS,
): RequirementRule {
  return { kind: 'expression', text: TEXT, claims, program };
}

const short = rule(({ claims }) => ({ holds: Number(claims.get('retention_days')) <= 7 }));
const always = rule(() => ({ holds: true }));

describe('expression', () => {
  it('reads exactly the claims that the text names', () => {
    expect(claimsOf(short)).toEqual(CLAIMS);
  });

  it.each([
    [7, 'satisfied'],
    [8, 'contrary'],
  ])('follows its program: %p days', (days, state) => {
    expect(evaluateRule(short, statedFacts({ retention_days: days, soc2: 'type1' })).state).toBe(
      state,
    );
  });

  it.each([0, 1, 2, 3])(
    'takes the state of a claim that is not in force, whatever the program says (%p)',
    (index) => {
      const wanting = notInForce('soc2', 'type2')[index];
      const readings = new Map<ClaimName, ClaimReading>([
        ['retention_days', stated('retention_days', 1)],
      ]);
      if (wanting !== undefined) readings.set('soc2', wanting);
      expect(evaluateRule(always, factsOf(readings))).toMatchObject({
        state: wanting?.state,
        claim: 'soc2',
        expected: TEXT,
      });
    },
  );

  it('is satisfied only if every claim is in force and the program says so', () => {
    const seen = new Spread();
    const reading = (name: ClaimName, value: string | number) =>
      fc.oneof(
        { weight: 6, arbitrary: fc.constant(stated(name, value)) },
        { weight: 1, arbitrary: fc.constantFrom(...notInForce(name, value)) },
      );
    fc.assert(
      fc.property(
        reading('retention_days', 1),
        reading('soc2', 'type1'),
        fc.boolean(),
        (days, soc2, holds) => {
          const facts = factsOf(
            new Map<ClaimName, ClaimReading>([
              ['retention_days', days],
              ['soc2', soc2],
            ]),
          );
          const satisfied =
            evaluateRule(
              rule(() => ({ holds })),
              facts,
            ).state === 'satisfied';
          seen.add(satisfied ? 'satisfied' : 'unmet');
          expect(satisfied).toBe(holds && days.state === 'stated' && soc2.state === 'stated');
        },
      ),
      { numRuns: runs(300), seed: SEED },
    );
    seen.expectAtLeast(60, 'satisfied', 'unmet');
  });

  it('shows the program the values and the attributes, and nothing else', () => {
    const inputs: ExpressionInput[] = [];
    const watching = rule((input) => {
      inputs.push(input);
      return { holds: true };
    });
    const attributes = new Map([['purpose', 'test']]);
    evaluateRule(
      watching,
      statedFacts({ retention_days: 1, soc2: 'type1', gdpr: true }, { attributes }),
    );
    expect(inputs).toEqual([
      {
        claims: new Map<string, unknown>([
          ['retention_days', 1],
          ['soc2', 'type1'],
        ]),
        attributes,
      },
    ]);
  });

  it('does not run the program before every claim is in force', () => {
    let runs = 0;
    const counting = rule(() => {
      runs += 1;
      return { holds: true };
    });
    evaluateRule(counting, statedFacts({ retention_days: 1 }));
    expect(runs).toBe(0);
  });

  it('is an error, without a claim, if the program reports one', () => {
    const failing = rule(() => ({ error: 'no such overload' }));
    expect(evaluateRule(failing, statedFacts({ retention_days: 1, soc2: 'type1' }))).toEqual({
      state: 'error',
      claim: '',
      expected: TEXT,
      observed: 'no such overload',
    });
  });

  it.each([
    [
      'a program that throws',
      rule(() => {
        throw new Error('secret');
      }),
    ],
    ['a program that answers nothing', rule(() => undefined as unknown as ExpressionResult)],
  ])('is an error for %s, and shows nothing of it', (_label, broken) => {
    const result = evaluateRule(broken, statedFacts({ retention_days: 1, soc2: 'type1' }));
    expect(result).toMatchObject({ state: 'error', observed: 'evaluation failed' });
  });

  it.each(['true', 1, {}, null, undefined])('never takes %p for true', (holds) => {
    const odd = rule(() => ({ holds }) as unknown as ExpressionResult);
    expect(evaluateRule(odd, statedFacts({ retention_days: 1, soc2: 'type1' }))).toEqual({
      state: 'error',
      claim: '',
      expected: TEXT,
      observed: 'neither true nor false',
    });
  });

  it('may read attributes only', () => {
    const ofPurpose = rule(
      ({ attributes }) => ({ holds: attributes.get('purpose') === 'test' }),
      [],
    );
    const facts = statedFacts({}, { attributes: new Map([['purpose', 'test']]) });
    expect(evaluateRule(ofPurpose, facts)).toEqual({ state: 'satisfied', reliedOn: [] });
    expect(evaluateRule(ofPurpose, statedFacts({}))).toMatchObject({
      state: 'contrary',
      observed: 'false',
    });
  });

  it('is an error if reading fails', () => {
    expect(evaluateRule(always, throwingFacts()).state).toBe('error');
  });

  it('names the claim if it reads only one, and shows all values', () => {
    const one = rule(() => ({ holds: false }), ['soc2']);
    expect(evaluateRule(one, statedFacts({ soc2: 'none' }))).toMatchObject({
      claim: 'soc2',
      observed: 'soc2: none',
      evidence: claim('soc2', 'none'),
    });
    expect(evaluateRule(short, statedFacts({ retention_days: 30, soc2: 'none' }))).toMatchObject({
      claim: '',
      observed: 'retention_days: 30; soc2: none',
    });
  });

  it('shows its text', () => {
    expect(expectedOf(short)).toBe(TEXT);
    expect(remedyOf(short)).toBe(`claims for which this holds: ${TEXT}`);
  });
});
