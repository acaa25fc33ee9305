import { NOW_MS } from '../generators/alphabet';
import type { Policy, TargetList } from '../../src/core/model/policy';
import { compileBundle } from '../../src/core/engine/compile';
import { decide } from '../../src/core/engine/decide';
import type { Preferences } from '../../src/core/model/request';
import { pick } from '../generators/source';
import type { Source } from '../generators/source';
import {
  agreedAnswer,
  answer,
  CASES,
  countNarrowing,
  expectNothingAdded,
  isRefusedWhole,
  withContext,
  withPreferences,
} from './support/decisions';
import { addPolicy } from './support/edits';
import { parseNative } from './support/native-files';
import { openCase } from './support/open-cases';
import { check, Spread } from './support/runs';
import { policy } from './support/small-world';
import { without } from '../support/without';

const EMPTY_LIST = (source: Source, effect: TargetList['effect']): TargetList => ({
  subject: pick(source, ['provider', 'model']),
  effect,
  entries: [],
  position: { file: 'empty.yaml', line: 1, column: 1 },
});

describe('L4: empty is not absent', () => {
  test('a policy without lists and requirements takes nothing away', () => {
    const spread = new Spread();
    check(openCase, 300, (one) => {
      const before = answer(one);
      const after = agreedAnswer({ ...one, set: addPolicy(one.set, policy('nothing', [])) });
      expect(after.eligible).toEqual(isRefusedWhole(before) ? after.eligible : before.eligible);
      spread.add(after.outcome);
    });
    spread.expectAtLeast(30, 'allow', 'block');
  });

  test('an allow list without entries allows nothing; a deny list without entries denies nothing', () => {
    const spread = new Spread();
    const make = (source: Source) => {
      const effect = pick(source, ['allow', 'deny'] as const);
      const more: Partial<Policy> = {
        lists: [EMPTY_LIST(source, effect)],
        mode: pick(source, ['enforce', 'warn']),
      };
      return { ...openCase(source), effect, more };
    };
    check(make, 400, ({ set, request, effect, more }) => {
      const before = answer({ set, request });
      const after = agreedAnswer({ set: addPolicy(set, policy('empty', [], more)), request });
      if (effect === 'allow') {
        expect(after.outcome).toBe('block');
      } else if (!isRefusedWhole(before)) {
        expect(after.eligible).toEqual(before.eligible);
      }
      countNarrowing(before, after, spread);
    });
    spread.expectAtLeast(50, 'kept', 'emptied');
  });

  test('an empty `only`, `processing_regions` or `quantizations` of a request leaves nothing', () => {
    const spread = new Spread();
    const make = (source: Source) => ({
      ...openCase(source),
      empty: pick(source, ['only', 'processingRegions', 'quantizations'] as const),
    });
    check(make, 400, ({ set, request, empty }) => {
      const before = answer({ set, request });
      const preferences: Preferences = { ...request.context.preferences, [empty]: [] };
      const after = agreedAnswer({ set, request: withPreferences(request, preferences) });
      expect(after.outcome).toBe('block');
      countNarrowing(before, after, spread);
    });
    spread.expectAtLeast(150, 'emptied');
  });

  test('an empty `ignore`, `order` or `features`, and what asks for nothing, is as if absent', () => {
    const spread = new Spread();
    check(CASES, 400, ({ set, request }) => {
      const { preferences } = request.context;
      const bundle = compileBundle(set, 'one');
      const said: Preferences = {
        ignore: [],
        order: [],
        allowFallbacks: true,
        zeroDataRetention: false,
        noTraining: false,
        dataCollection: 'allow',
        maxPrice: {},
        ...preferences,
      };
      const { maxPrice, ...kept } = said;
      const all = Object.keys(maxPrice ?? {}).length === 0 ? kept : said;
      const plain = decide(bundle, request, NOW_MS);
      const asked = decide(bundle, withPreferences(request, all), NOW_MS);
      expect(asked).toEqual(plain);
      spread.add(plain.outcome);
    });
    spread.expectAtLeast(20, 'allow', 'warn', 'block');
  });

  test('0 is the strictest bound, not none', () => {
    const spread = new Spread();
    check(openCase, 500, ({ set, request }) => {
      const rest = without(request.context.preferences, 'allowFallbacks', 'maxRetentionDays');
      const asked = (preferences: Preferences) =>
        agreedAnswer({ set, request: withPreferences(request, preferences) });
      const free = asked(rest);
      const month = asked({ ...rest, maxRetentionDays: 30 });
      const none = asked({ ...rest, maxRetentionDays: 0 });
      expectNothingAdded(free, month);
      expectNothingAdded(month, none);
      countNarrowing(month, none, spread);
      countNarrowing(free, none, spread);
    });
    spread.expectAtLeast(40, 'kept', 'emptied');
    spread.expectAtLeast(10, 'cut');
  });

  test('no candidates block', () => {
    const spread = new Spread();
    check(openCase, 300, ({ set, request }) => {
      const { block } = agreedAnswer({ set, request: { ...request, candidates: [] } });
      spread.add(block?.code ?? 'none');
      expect(block).toBeDefined();
    });
    spread.expectAtLeast(150, 'no_candidates');
    expect(spread.of('none')).toBe(0);
  });

  test('an absent model and an empty list of models name nothing', () => {
    check(CASES, 200, ({ set, request }) => {
      const context = without(request.context, 'model');
      const bare = { ...request, context: { ...context, models: [] } };
      const decision = agreedAnswer({ set, request: withContext(bare, {}) });
      expect(decision.verdicts.flatMap(({ reasons }) => reasons.map((r) => r.code))).not.toContain(
        'request_pin',
      );
    });
  });

  test.each([
    'providers: { allow: [] }',
    'providers: { deny: [] }',
    'models: { allow: [] }',
    'models: { deny: [] }',
    'requirements: { processing_regions: [] }',
    'requirements: { storage_regions: [] }',
    'requirements: { quantizations: [] }',
    'requirements: { headquarters: { allow: [] } }',
    'requirements: { certifications: { all_of: [] } }',
    'requirements: { labels: {} }',
    'requirements: {}',
    'requirements:',
    'scope: { tenant: [] }',
  ])('in a native policy file, `%s` is an error', (line) => {
    const text = `apiVersion: ambit/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  ${line}\n`;
    const { findings, document } = parseNative(text);
    expect(findings.map(({ severity }) => severity)).toContain('error');
    expect(document).toBeUndefined();
  });
});
