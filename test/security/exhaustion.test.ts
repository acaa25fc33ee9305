import { ask, bundleOf, native } from './support/policies';

const COUNT = 512;
const NAMES = Array.from({ length: 256 }, (_, place) => `x${String(place)}`.padEnd(256, 'x'));

/** Characters of one reason, generously. */
const MAX_REASON_CHARS = 2048;

describe('what an end client prefers', () => {
  test.each([
    ['only', { preferences: { only: NAMES } }],
    ['ignore', { preferences: { ignore: [...NAMES, 'acme'] } }],
    ['pins', { models: NAMES.map((name) => `${name}/m`), modelIdStyle: 'pin' as const }],
  ])('%s: a long list makes no long reasons', async (_, context) => {
    const targets = Array.from(
      { length: COUNT },
      (__, place) => `{id: t${String(place)}, model: m}`,
    );
    const bundle = await bundleOf({
      'a.yaml': native('Catalog', 'a', `providers: [{id: acme, targets: [${targets.join(', ')}]}]`),
      'b.yaml': native('Policy', 'p', 'unrestricted: true'),
    });
    const candidates = targets.map((__, place) => ({ target: `t${String(place)}` }));
    const decision = ask(bundle, candidates, { context });
    expect(decision.outcome).toBe('block');
    for (const { reasons } of decision.verdicts) {
      expect(JSON.stringify(reasons).length).toBeLessThan(MAX_REASON_CHARS);
    }
  });
});
