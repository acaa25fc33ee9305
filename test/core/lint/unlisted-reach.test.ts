import { lintSet } from '../../../src/core/lint/lint-set';
import { viewForLint } from '../../../src/core/lint/lint-view';
import { unlistedReach } from '../../../src/core/lint/unlisted-reach';
import { NOW_MS, setOf, target } from './support';

describe('a target that chooses further upstream', () => {
  it.each(['auto', 'latest', 'gpt-latest', 'm:latest', 'openrouter/auto'])(
    'is found by its model %s',
    (model) => {
      expect(
        unlistedReach(viewForLint(setOf({ targets: [target({ model })] }), NOW_MS)),
      ).toMatchObject([{ severity: 'warning', code: 'unlisted_reach', position: { line: 40 } }]);
    },
  );

  it.each([{ model: 'gpt-4o' }, { model: 'auto', reaches: ['m2'] }])(
    'is not found where it cannot or says where: %j',
    (more) => {
      expect(unlistedReach(viewForLint(setOf({ targets: [target(more)] }), NOW_MS))).toEqual([]);
    },
  );

  it('is found by lint', () => {
    const found = lintSet(setOf({ targets: [target({ model: 'auto' })] }), NOW_MS);
    expect(found.map(({ code }) => code)).toContain('unlisted_reach');
  });
});
