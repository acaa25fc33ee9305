import fc from 'fast-check';
import { judgeLists } from '../../../src/core/engine/judge-lists';
import { wholeView } from '../../../src/core/lint/lint-subjects';
import { viewForLint } from '../../../src/core/lint/lint-view';
import type { ListEntry, Policy, TargetList, TargetPattern } from '../../../src/core/model/policy';
import { runs, SEED } from '../../laws/support/runs';
import { at, claim, NOW_MS, policy, provider, setOf, target } from './support';

const names = fc.constantFrom('acme', 'ACME', 'acme-ai', 'umbra', 'nobody');
const models = fc.constantFrom('m', 'n', 'N', '*', 'm*', 'z');

const pattern: fc.Arbitrary<TargetPattern> = fc
  .record(
    {
      provider: names,
      model: models,
      target: fc.constantFrom('m1', 'm2', 'm*', 'q'),
      region: fc.constantFrom('eu', 'DE', 'US'),
      endpoint: fc.constantFrom('acme-eu', 'other'),
    },
    { requiredKeys: [] },
  )
  .filter((fields) => Object.keys(fields).length > 0);

const entry: fc.Arbitrary<ListEntry> = pattern.map((fields) => ({
  pattern: fields,
  text: JSON.stringify(fields),
  future: false,
  position: at(60),
}));

const list: fc.Arbitrary<TargetList> = fc.record({
  subject: fc.constantFrom('provider' as const, 'model' as const),
  effect: fc.constantFrom('allow' as const, 'deny' as const),
  entries: fc.array(entry, { maxLength: 3 }),
  position: fc.constant(at(61)),
});

/** Targets that name all of their parts, some of them not, one that routes on, and a provider with all models. */
const CATALOG = {
  providers: [
    provider(),
    { ...provider(), id: 'umbra', aliases: [], models: 'any' as const },
    { ...provider(claim('nested_gateway', 'routes_on')), id: 'nested', aliases: [] },
  ],
  endpoints: [
    { id: 'acme-eu', provider: 'acme', region: 'eu', claims: [], position: at(20) },
    { id: 'other', provider: 'acme', claims: [], position: at(21) },
  ],
  targets: [
    target({ id: 'm1', endpoint: 'acme-eu' }),
    target({ id: 'm2', model: 'n', endpoint: 'other', region: 'DE' }),
    target({ id: 'm3', model: 'N' }),
    target({ id: 'u1', provider: 'umbra', model: 'z', region: 'US' }),
    target({ id: 'g', provider: 'nested', model: 'z' }),
  ],
};

test('lists do to a target what the engine says, and `maybe` only where something is open', () => {
  const seen = { yes: 0, no: 0, maybe: 0 };
  fc.assert(
    fc.property(fc.array(list, { minLength: 1, maxLength: 3 }), (lists) => {
      const stated: Policy = { ...policy({ kind: 'gdpr' }), requirements: [], lists };
      const view = viewForLint(setOf({ ...CATALOG, policies: [stated] }), NOW_MS);
      const [bound] = view.policies;
      if (bound === undefined) throw new Error('there is no policy');
      for (const { subject, facts, index } of view.subjects) {
        view.lists(bound).forEach((reach) => {
          const alone = { ...bound, policy: { ...stated, lists: [reach.list] } };
          const isOut = judgeLists(alone, subject, facts, wholeView(view.bundle)).length > 0;
          const excluded = reach.excludes(index);
          seen[excluded] += 1;
          if (excluded !== 'maybe') expect(excluded).toBe(isOut ? 'yes' : 'no');
        });
      }
    }),
    { numRuns: runs(300), seed: SEED },
  );
  expect(Math.min(seen.yes, seen.no, seen.maybe)).toBeGreaterThan(50);
});
