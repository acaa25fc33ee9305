import type { Preferences } from '../../../src/core/model/request';
import { isRegionName } from '../../../src/core/requirements/regions';
import type { ClientPreferences } from '../../../src/pep/preferences';
import { preferences } from '../../generators/requests';
import { chance, pick } from '../../generators/source';
import type { Source } from '../../generators/source';
import {
  agreedAnswer,
  answer,
  countNarrowing,
  expectNothingAdded,
  isRefusedWhole,
  withPreferences,
} from '../../laws/support/decisions';
import type { Case } from '../../laws/support/decisions';
import { openCase } from '../../laws/support/open-cases';
import { check, Spread } from '../../laws/support/runs';
import { without } from '../../support/without';
import { ask } from './support/asking';
import { bodyOf, written } from './support/written';
import type { Draft } from './support/written';

/** Preferences as they are read: each name once, and no region that is none, which is a slip that is refused. */
function wish(source: Source): Preferences {
  const { processingRegions, ...others } = preferences(source);
  const regions = processingRegions?.filter(isRegionName);
  const stated = { ...others, ...(regions === undefined ? {} : { processingRegions: regions }) };
  return Object.fromEntries(
    Object.entries(stated).map(([name, value]) => [
      name,
      Array.isArray(value) ? [...new Set(value)] : value,
    ]),
  );
}

/** The case as an edge hands it over that has read the client's preferences. */
function asking({ set, request }: Case, { preferences: asked, problems }: ClientPreferences): Case {
  return { set, request: { ...withPreferences(request, asked), problems } };
}

const unasked = ({ set, request }: Case): Case => ({ set, request: withPreferences(request, {}) });

const readDraft = (draft: Draft): ClientPreferences =>
  ask({ body: bodyOf(draft), headers: draft.headers });

/** Values that clients get wrong, or that somebody forges. */
const FORGED: readonly unknown[] = [
  ...[null, true, false, 'true', 'deny', 'allow', '', '*', 'acme', 'any', 0, -1, 1e9],
  ...[[], ['acme'], ['*'], ['boreal', 'acme', 'relay'], [['acme']], {}, { acme: true }],
];

const FORGED_KEYS = [
  ...['only', 'Only', 'allow', 'order', 'ignore', 'zdr', 'zeroDataRetention', 'byok', 'models'],
  ...['allow_fallbacks', 'data_collection', 'quantizations', 'max_price', 'sort', 'has', 'tags'],
];

const FORGED_HEADERS = [
  'only',
  'order',
  'allow-fallbacks',
  'zero-data-retention',
  'allow',
  'model',
];

function forge(source: Source, { gateway, provider, headers }: Draft): void {
  const value = pick(source, FORGED);
  if (chance(source, 30)) headers[`ambit-prefer-${pick(source, FORGED_HEADERS)}`] = String(value);
  else pick(source, [gateway, provider])[pick(source, FORGED_KEYS)] = value;
}

describe('L3: what clients write narrows only', () => {
  test('however it is written, it is read as it is meant, and adds no target', () => {
    const spread = new Spread();
    check(
      (source) => {
        const meant = wish(source);
        return { one: openCase(source), meant, draft: written(source, meant) };
      },
      1_400,
      ({ one, meant, draft }) => {
        const read = readDraft(draft);
        expect(read.problems).toEqual([]);
        expect(read.preferences).toEqual(meant);
        const first = answer(unasked(one));
        if (isRefusedWhole(first)) return;
        const second = agreedAnswer(asking(one, read));
        expectNothingAdded(first, second);
        countNarrowing(first, second, spread);
      },
    );
    spread.expectAtLeast(40, 'kept', 'emptied');
    spread.expectAtLeast(20, 'cut');
  });

  test('forged ones add no target, and what is wrong with them blocks', () => {
    const spread = new Spread();
    check(
      (source) => {
        const draft = written(source, chance(source, 50) ? wish(source) : {});
        forge(source, draft);
        if (chance(source, 30)) forge(source, draft);
        return { one: openCase(source), draft };
      },
      1400,
      ({ one, draft }) => {
        const read = readDraft(draft);
        const first = answer(unasked(one));
        if (isRefusedWhole(first)) return;
        const second = agreedAnswer(asking(one, read));
        expectNothingAdded(first, second);
        if (read.problems.length === 0) countNarrowing(first, second, spread);
        else {
          expect(second.block?.code).toBe('invalid_request');
          expect(second.eligible).toEqual([]);
          spread.add('refused');
        }
      },
    );
    spread.expectAtLeast(25, 'kept', 'emptied');
    spread.expectAtLeast(6, 'cut');
    spread.expectAtLeast(500, 'refused');
  });

  test('each that is stated leaves a part of what is left without it', () => {
    const spread = new Spread();
    check(
      (source) => {
        // Without a fallback, one that falls gives way to the next one, which is not what narrowing is about.
        const meant = without(wish(source), 'allowFallbacks');
        const names = Object.keys(meant);
        const left = names.length === 0 ? '' : pick(source, names);
        const rest = Object.fromEntries(Object.entries(meant).filter(([name]) => name !== left));
        return {
          one: openCase(source),
          more: written(source, meant),
          fewer: written(source, rest),
        };
      },
      700,
      ({ one, more, fewer }) => {
        const first = answer(asking(one, readDraft(fewer)));
        if (isRefusedWhole(first)) return;
        const second = answer(asking(one, readDraft(more)));
        expectNothingAdded(first, second);
        countNarrowing(first, second, spread);
      },
    );
    spread.expectAtLeast(30, 'kept', 'emptied');
    spread.expectAtLeast(6, 'cut');
  });
});
