import { WORLDS } from './cases';
import { surfacesOf } from './support/ask';
import { CANNOT, SURFACES } from './support/trick';

const TRICKS = WORLDS.flatMap((world) => world.tricks.map((trick) => ({ world, trick })));

/** Fewer tricks, and somebody has taken some away. */
const MIN_TRICKS = 300;

test('the corpus is large, and no two tricks have one name', () => {
  const ids = TRICKS.map(({ world, trick }) => `${world.name}/${trick.id}`);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(MIN_TRICKS);
});

test.each(TRICKS)(
  '$world.name: $trick.id is tried everywhere, or the table says why not',
  (each) => {
    const { closed, cannot } = each.trick;
    const said = [...surfacesOf(closed), ...Object.keys(cannot)].sort();
    expect(said).toEqual(Object.keys(SURFACES).sort());
  },
);

test.each(TRICKS)('$world.name: $trick.id has an honest request on every surface', (each) => {
  const { closed, control = 'plain' } = each.trick;
  const honest = each.world.controls[control] ?? [];
  expect(surfacesOf(honest)).toEqual(expect.arrayContaining([...surfacesOf(closed)]));
  for (const ask of honest) expect(ask.eligible).not.toEqual([]);
});

test.each(TRICKS)('$world.name: $trick.id says with which code nothing is left', ({ trick }) => {
  for (const ask of trick.closed) {
    if (ask.eligible.length === 0) expect(ask.code).toMatch(/\S/u);
  }
});

test('every reason that a trick cannot exist is used, and every law is', () => {
  const used = new Set(TRICKS.flatMap(({ trick }) => Object.values(trick.cannot)));
  expect([...used].sort()).toEqual(Object.keys(CANNOT).sort());
  const laws = new Set(TRICKS.flatMap(({ trick }) => trick.laws));
  expect([...laws].sort()).toEqual(
    ['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7', 'L9', 'L10', 'L11', 'L12', 'L13'].sort(),
  );
});

test('every code of a reason by which targets are kept out is seen', () => {
  const codes = TRICKS.flatMap(({ trick }) => trick.closed.map(({ code = '' }) => code));
  expect(codes).toEqual(
    expect.arrayContaining([
      'claim_contrary',
      'claim_unknown',
      'claim_expired',
      'claim_conflicting',
      'evaluation_error',
      'conflicting_target',
      'invalid_request',
      'model_denied',
      'model_not_allowed',
      'model_mismatch',
      'nested_gateway',
      'no_candidates',
      'no_policy_applies',
      'provider_denied',
      'provider_not_allowed',
      'request_ignore',
      'request_only',
      'request_pin',
      'tenant_required',
      'unknown_model',
      'unknown_scope',
      'unknown_target',
      'unknown_tenant',
    ]),
  );
});
