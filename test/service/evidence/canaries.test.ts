import { readsAttributes } from '../../../src/core/engine/plan';
import { decide } from '../../../src/core/engine/decide';
import type { Bundle } from '../../../src/core/engine/bundle';
import { NOW_MS } from '../../generators/alphabet';
import { CASES } from '../../laws/support/decisions';
import { check, Spread } from '../../laws/support/runs';
import { pick, type Source } from '../../generators/source';
import { canaries, holds, type Canary } from './support/canaries';
import { PLACES, type Place } from './support/places';
import { bundleOf, recordOf, type Asked } from './support/record-of';

interface Planted {
  readonly canary: Canary;
  readonly place: Place;
  readonly asked: Asked;
}

/** Anything that can be decided, once for each place, with a canary in it. */
function plantedEverywhere(source: Source): readonly Planted[] {
  const one = CASES(source);
  const bundle = bundleOf(one);
  const all = canaries(source);
  return PLACES.flatMap((place) => {
    const canary = pick(source, all);
    const request = place.put(one.request, canary.text);
    return request === undefined ? [] : { canary, place, asked: { bundle, request } };
  });
}

/** True if a decision can depend on what stands there. */
function decides({ name, path }: Place, bundle: Bundle): boolean {
  if (path.startsWith('attributes')) return readsAttributes(bundle);
  if (path === 'scope.team') return bundle.namedScopeValues.has('team');
  return name !== 'scope that nothing names' && path !== 'candidates.claims.evidence';
}

const spread = new Spread();

function expectNoCanary({ canary, place, asked }: Planted): void {
  const record = recordOf(asked);
  const { replayable, withheld = [] } = record;
  const where = { kind: canary.kind, place: place.name };
  expect({
    ...where,
    isHeld: holds(record, canary),
    isNamed: withheld.includes(place.path),
    replayable,
  }).toEqual({
    ...where,
    isHeld: false,
    isNamed: true,
    replayable: !decides(place, asked.bundle),
  });
  const isAnswered = holds(decide(asked.bundle, asked.request, NOW_MS), canary);
  const met = [place.name, canary.kind, record.outcome, replayable ? 'replayable' : 'lost'];
  for (const each of [...met, ...(isAnswered ? ['in the answer'] : [])]) spread.add(each);
}

test('what others write into any text of a request is in no record, which says so', () => {
  check(plantedEverywhere, 240, (all) => {
    all.forEach(expectNoCanary);
  });
  const kinds = canaries({ below: () => 0 }).map(({ kind }) => kind);
  spread.expectAtLeast(100, ...PLACES.map(({ name }) => name), ...kinds);
  spread.expectAtLeast(200, 'allow', 'block', 'replayable', 'lost', 'in the answer');
});

test("a request's own id decides nothing, so that a record without it is as good", () => {
  check(CASES, 40, (one) => {
    const asked = { bundle: bundleOf(one), request: one.request };
    const { withheld: before = [], ...plain } = recordOf(asked);
    for (const { text } of canaries({ below: () => 9 })) {
      const { withheld, ...record } = recordOf({ ...asked, requestId: text });
      expect(record).toEqual({ ...plain, requestId: '(withheld)' });
      expect(withheld?.toSorted()).toEqual([...before, 'requestId'].toSorted());
    }
  });
});
