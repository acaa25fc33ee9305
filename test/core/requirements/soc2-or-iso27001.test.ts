import type { ClaimReading } from '../../../src/core/model/requirement';
import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { claim, factsOf, stated, statedFacts } from './support/facts';

const RULE = { kind: 'soc2_or_iso27001' } as const;
const UNKNOWN: ClaimReading = { state: 'unknown' };
const EXPIRED: ClaimReading = { state: 'expired', claim: claim('iso27001', true) };
const CONFLICTING: ClaimReading = {
  state: 'conflicting',
  claims: [claim('iso27001', true), claim('iso27001', false)],
};

function judge(soc2: ClaimReading, iso27001: ClaimReading) {
  return evaluateRule(
    RULE,
    factsOf(
      new Map([
        ['soc2' as const, soc2],
        ['iso27001' as const, iso27001],
      ]),
    ),
  );
}

describe('soc2_or_iso27001', () => {
  describeKind({
    rule: RULE,
    good: new Map<'soc2' | 'iso27001', string | boolean>([
      ['soc2', 'type2'],
      ['iso27001', true],
    ]),
    needs: 'any',
    accepts: (name, value) => value === (name === 'soc2' ? 'type2' : true),
    edges: ['type1', 'type2', 'none'],
  });

  it.each([
    ['both contrary', stated('soc2', 'type1'), stated('iso27001', false), 'contrary', 'soc2'],
    ['one unknown', stated('soc2', 'type1'), UNKNOWN, 'unknown', 'iso27001'],
    ['both unknown', UNKNOWN, UNKNOWN, 'unknown', 'soc2'],
    ['one expired', UNKNOWN, EXPIRED, 'expired', 'iso27001'],
    ['one conflicting', stated('soc2', 'type1'), CONFLICTING, 'conflicting', 'iso27001'],
  ] as const)('takes the worse state where neither holds: %s', (...[, soc2, iso, state, name]) => {
    expect(judge(soc2, iso)).toMatchObject({ state, claim: name });
  });

  it('relies only on what holds', () => {
    expect(judge(stated('soc2', 'type2'), CONFLICTING)).toMatchObject({
      state: 'satisfied',
      reliedOn: [{ name: 'soc2' }],
    });
  });

  it('shows both', () => {
    expect(expectedOf(RULE)).toBe('soc2: type2 or iso27001: true');
    expect(remedyOf(RULE)).toBe('soc2: type2 or iso27001: true');
    expect(evaluateRule(RULE, statedFacts({ soc2: 'type1' }))).toMatchObject({
      expected: 'soc2: type2 or iso27001: true',
      observed: 'soc2: type1; iso27001 not declared',
    });
  });
});
