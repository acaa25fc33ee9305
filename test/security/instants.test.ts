import type { Claim } from '../../src/core/model/claim';
import { ask, bundleOf, codesOf, native, NOW_MS } from './support/policies';

const HOUR_MS = 3_600_000;

const FILES = {
  'a.yaml': native(
    'Catalog',
    'a',
    `providers:\n  - {id: acme, claims: {training_opt_out: true}, targets: [{id: t, model: m}]}`,
  ),
  'b.yaml': native('Policy', 'p', 'requirements: {require_no_training: true}'),
};

const CLAIM: Claim = {
  name: 'training_opt_out',
  value: true,
  assurance: 'declared',
  expiresAtMs: NOW_MS + HOUR_MS,
  position: { file: '', line: 0, column: 0 },
};

describe('what a candidate claims expires by the clock of its own request', () => {
  test.each([
    ['judged beside the catalog', { target: 't' }, false],
    ['of a caller that owns its claims', { provider: 'other', model: 'x' }, true],
  ])('%s', async (_, parts, ownsClaims) => {
    const bundle = await bundleOf(FILES);
    const at = (nowMs: number) =>
      ask(bundle, [{ ...parts, claims: [CLAIM] }], {
        nowMs,
        caller: { rewritesModel: true, ownsClaims },
      });
    // The bundle itself has no expiry, so that all of this is one epoch and one plan.
    expect(at(NOW_MS).outcome).toBe('allow');
    expect(codesOf(at(NOW_MS + HOUR_MS))).toEqual(['claim_expired']);
    expect(codesOf(at(NOW_MS + 365 * 24 * HOUR_MS))).toEqual(['claim_expired']);
  });
});
