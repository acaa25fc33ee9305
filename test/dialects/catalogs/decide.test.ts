import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import type { PolicyDocument } from '../../../src/core/model/policy-set';
import { DEFAULT_SETTINGS } from '../../../src/core/model/policy-set';
import { EMPTY_CONTEXT, type Preferences } from '../../../src/core/model/request';
import { documentOf, modelsDev } from './support';

/** The instant of every decision here; none depends on it. */
const NOW_MS = Date.UTC(2026, 9, 1);

/** Which of the models one after another may be used, under no policy of the operator's. */
function leftOf(
  document: PolicyDocument,
  models: readonly string[],
  preferences: Preferences,
): readonly string[] {
  const settings = { ...DEFAULT_SETTINGS, whenNoPolicyApplies: 'allow' as const };
  const bundle = compileBundle({ settings, documents: [{ document }] }, 'test');
  return models.filter((model) => {
    const context = { ...EMPTY_CONTEXT, modelIdStyle: 'author' as const, model, preferences };
    const caller = { rewritesModel: true, ownsClaims: false };
    return decide(bundle, { context, caller, problems: [] }, NOW_MS).eligible.length > 0;
  });
}

describe('deciding by a list of others', () => {
  const models = ['cheap', 'dear', 'zero', 'silent', 'auto'];
  const document = documentOf(
    modelsDev({
      cheap: { cost: { input: 0.5, output: 1 } },
      dear: { cost: { input: 0.5, output: 1, context_over_200k: { input: 5, output: 10 } } },
      zero: { cost: { input: 0, output: 0 } },
      silent: {},
      auto: { cost: { input: 0.1, output: 0.1 } },
    }),
  );

  it('knows the models that it lists, but none that chooses further upstream', () => {
    const known = ['cheap', 'dear', 'zero', 'silent'];
    expect(leftOf(document, [...models, 'unlisted'], {})).toEqual(known);
  });

  it('holds a bound of the price only where the list states a price', () => {
    const bound = { maxPrice: { prompt: 1, completion: 2 } };
    expect(leftOf(document, models, bound)).toEqual(['cheap']);
  });

  it('answers no question that the list does not', () => {
    expect(leftOf(document, models, { zeroDataRetention: true })).toEqual([]);
    expect(leftOf(document, models, { noTraining: true })).toEqual([]);
    expect(leftOf(document, models, { processingRegions: ['US'] })).toEqual([]);
    expect(leftOf(document, models, { quantizations: ['fp8'] })).toEqual([]);
  });
});
