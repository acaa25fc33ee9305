import { allHold, oneHolds, STATE_ORDER } from '../../../src/core/requirements/combine';
import type {
  RequirementResult,
  UnmetState,
} from '../../../src/core/requirements/requirement-kind';
import { claim } from './support/facts';

function met(value: string): RequirementResult {
  return { state: 'satisfied', reliedOn: [claim('quantization', value)] };
}

function wanting(state: UnmetState, name: 'gdpr' | 'soc2' = 'gdpr'): RequirementResult {
  return { state, claim: name, expected: `${name} wanted`, observed: `${name} found` };
}

const PAIRS = STATE_ORDER.flatMap((worse, index) =>
  STATE_ORDER.slice(index).map((milder) => [worse, milder] as const),
);

describe('allHold and oneHolds', () => {
  it('order states so that what never gives way leads', () => {
    expect(STATE_ORDER).toEqual(['error', 'conflicting', 'expired', 'unknown', 'contrary']);
  });

  it.each(PAIRS)('show %s before %s, in either order', (worse, milder) => {
    for (const combine of [allHold, oneHolds]) {
      expect(combine([wanting(worse), wanting(milder, 'soc2')])).toMatchObject({ state: worse });
      expect(combine([wanting(milder, 'soc2'), wanting(worse)])).toMatchObject({ state: worse });
    }
  });

  it('take the first of equals, and the texts of all', () => {
    expect(oneHolds([wanting('unknown', 'soc2'), wanting('unknown')])).toEqual({
      state: 'unknown',
      claim: 'soc2',
      expected: 'soc2 wanted or gdpr wanted',
      observed: 'soc2 soc2 found; gdpr gdpr found',
    });
    expect(allHold([wanting('contrary', 'soc2'), wanting('expired')])).toEqual({
      state: 'expired',
      claim: 'gdpr',
      expected: 'soc2 wanted and gdpr wanted',
      observed: 'soc2 found; gdpr found',
    });
  });

  it('differ where one part is met and one is not', () => {
    expect(allHold([met('fp8'), wanting('unknown')])).toEqual(wanting('unknown'));
    expect(oneHolds([met('fp8'), wanting('error')])).toEqual(met('fp8'));
    expect(allHold([met('fp8'), met('bf16')])).toMatchObject({
      reliedOn: [{ value: 'fp8' }, { value: 'bf16' }],
    });
  });

  it('are an error over nothing', () => {
    for (const combine of [allHold, oneHolds]) {
      expect(combine([])).toEqual({
        state: 'error',
        claim: '',
        expected: 'at least one condition',
        observed: 'none is given',
      });
    }
  });
});
