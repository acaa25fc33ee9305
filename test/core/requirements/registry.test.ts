import fc from 'fast-check';
import type { RequirementRule } from '../../../src/core/model/requirement';
import {
  evaluateRule,
  expectedOf,
  REQUIREMENT_ORDER,
} from '../../../src/core/requirements/registry';
import { MAX_TEXT_CHARACTERS, shorten } from '../../../src/core/requirements/shorten';
import { showList, showValue } from '../../../src/core/requirements/judge-claim';
import { statedFacts, throwingFacts } from './support/facts';

// Half a surrogate pair does not survive it.
function throughUtf8(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

describe('the registry of requirements', () => {
  it('is frozen and names each kind once', () => {
    expect(Object.isFrozen(REQUIREMENT_ORDER)).toBe(true);
    expect(new Set(REQUIREMENT_ORDER).size).toBe(REQUIREMENT_ORDER.length);
  });

  it.each(['no_such_kind', 'toString', '__proto__', 'constructor'])(
    'blocks what is no kind: %s',
    (kind) => {
      const rule = { kind } as unknown as RequirementRule;
      expect(evaluateRule(rule, statedFacts({}))).toMatchObject({ state: 'error' });
    },
  );

  it('blocks a rule whose parameters are missing', () => {
    for (const kind of [
      'processing_regions',
      'headquarters',
      'labels',
      'certifications',
      'quantizations',
      'expression',
    ]) {
      const rule = { kind } as unknown as RequirementRule;
      const facts = statedFacts({
        processing_regions: ['DE'],
        headquarters: ['DE'],
        quantization: 'fp8',
      });
      expect(['error', 'contrary']).toContain(evaluateRule(rule, facts).state);
    }
  });

  it('does not show what was thrown', () => {
    expect(evaluateRule({ kind: 'gdpr' }, throwingFacts())).toEqual({
      state: 'error',
      claim: '',
      expected: 'gdpr',
      observed: 'evaluation failed',
    });
  });

  it('keeps texts short, whatever the files hold', () => {
    const labels = new Map([['team', '😀'.repeat(400)]]);
    const result = evaluateRule(
      { kind: 'labels', labels },
      statedFacts({ 'label:team': 'x'.repeat(9999) }),
    );
    expect(result.state === 'satisfied' ? 0 : result.observed.length).toBe(MAX_TEXT_CHARACTERS);
    const expected = expectedOf({ kind: 'labels', labels });
    expect(throughUtf8(expected)).toBe(expected);
    expect(expected.length).toBeLessThanOrEqual(MAX_TEXT_CHARACTERS);
  });
});

describe('shorten', () => {
  it('leaves what just fits', () => {
    const fits = 'x'.repeat(MAX_TEXT_CHARACTERS);
    expect(shorten(fits)).toBe(fits);
    expect(shorten(`${fits}x`)).toBe(`${fits.slice(1)}…`);
  });

  it('cuts long texts, marks the cut and leaves whole characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 700 }), (text) => {
        const short = shorten(text);
        expect(throughUtf8(short)).toBe(short);
        expect(short.length).toBeLessThanOrEqual(MAX_TEXT_CHARACTERS);
        expect(short === text).toBe(text.length <= MAX_TEXT_CHARACTERS);
      }),
    );
  });
});

describe('values in texts', () => {
  it('look as files spell them', () => {
    expect([true, 30, 'type2', ['eu', 'CH'], []].map(showValue)).toEqual([
      'true',
      '30',
      'type2',
      '[eu, CH]',
      '[]',
    ]);
  });

  it('count what does not fit a line', () => {
    const twelve = Array.from({ length: 12 }, (_, index) => String(index));
    expect(showList(twelve)).toBe(`[${twelve.join(', ')}]`);
    expect(showList([...twelve, 'x', 'y'])).toBe(`[${twelve.join(', ')}, and 2 more]`);
  });
});
