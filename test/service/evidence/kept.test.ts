import type { DecisionRequest } from '../../../src/core/model/request';
import { CASES } from '../../laws/support/decisions';
import { check, Spread } from '../../laws/support/runs';
import { pick } from '../../generators/source';
import { canaries } from './support/canaries';
import { PLACES } from './support/places';
import { bundleOf, recordOf } from './support/record-of';

/** Parts of records are kept from one decision to the next; nobody may see that in a record. */
it('is the same whether or not its parts were made for another record before', () => {
  const spread = new Spread();
  check(
    (source) => {
      const one = CASES(source);
      const { put } = pick(source, PLACES);
      return { one, planted: put(one.request, pick(source, canaries(source)).text) };
    },
    400,
    ({ one, planted }) => {
      const used = bundleOf(one);
      const requests: readonly DecisionRequest[] = [
        one.request,
        planted ?? one.request,
        one.request,
      ];
      for (const request of requests) {
        const fresh = recordOf({ bundle: bundleOf(one), request });
        expect(recordOf({ bundle: used, request })).toEqual(fresh);
        spread.add(fresh.outcome);
        spread.add(fresh.withheld === undefined ? 'nothing withheld' : 'withheld');
        if (fresh.claims.length > 0) spread.add('claims');
      }
    },
  );
  spread.expectAtLeast(20, 'allow', 'block', 'claims', 'withheld', 'nothing withheld');
});
