import type { BlockSettings, Wording } from '../../../src/core/model/policy';
import { WORDINGS } from '../../../src/core/model/policy';
import type { Decision } from '../../../src/core/model/decision';
import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import {
  allow,
  file,
  NOW_MS,
  offering,
  policy,
  provider,
  REQUIRE_ZDR,
  setOf,
  target,
  withSettings,
} from './support/build';

const TARGETS = [target('t1'), target('t2', { provider: 'boreal' })];

/** What is answered under policies with the settings, each of which nothing meets. */
function blocked(
  blocks: readonly BlockSettings[],
  request = offering(['t1', 't2'], { model: 'm' }),
  contact?: string,
): NonNullable<Decision['block']> {
  const policies = blocks.map((block, index) =>
    policy(`p${String(index)}`, { lists: [allow('provider', { provider: 'none' })], block }),
  );
  const providers = [provider('acme'), provider('boreal')];
  const set = setOf(file({ providers, targets: TARGETS, policies }));
  const asked = contact === undefined ? set : withSettings(set, { contact });
  const { block } = decide(compileBundle(asked, 'x'), request, NOW_MS);
  if (block === undefined) throw new Error('nothing was blocked');
  return block;
}

const inWords = (wording: Wording): BlockSettings => ({ status: 403, wording });

describe('the words of a block', () => {
  test('are those of the leading policy, for every system', () => {
    const own = blocked([{ status: 403 }]);
    const messages = WORDINGS.map((wording) => blocked([inWords(wording)]).message);
    expect(new Set([own.message, ...messages]).size).toBe(WORDINGS.length + 1);
  });

  test('give way to the policy`s own message, in the same body', () => {
    const { message, body } = blocked([{ ...inWords('vercel'), message: 'no {model_name}' }]);
    expect(message).toBe('no m');
    expect(JSON.parse(body)).toEqual({ error: { type: 'no_providers_available', message } });
  });

  test.each(WORDINGS)('of %s leave Ambit`s codes as they are', (wording) => {
    expect(blocked([inWords(wording)])).toMatchObject({
      code: 'provider_not_allowed',
      layer: 'provider_lists',
      policy: 'p0',
      providersConsidered: ['acme', 'boreal'],
    });
  });

  test('where no policy leads are those of all that enforce, if they agree', () => {
    const filtered = offering(['t1'], { model: 'm', preferences: { zeroDataRetention: true } });
    const unmet = (...blocks: readonly BlockSettings[]) => {
      const policies = blocks.map((block, index) => policy(`p${String(index)}`, { block }));
      const set = setOf(file({ providers: [provider('acme')], targets: TARGETS, policies }));
      return decide(compileBundle(set, 'x'), filtered, NOW_MS).block;
    };
    expect(unmet(inWords('vercel'), inWords('vercel'))).toMatchObject({
      code: 'request_filters_leave_none',
      message: expect.stringContaining('No ZDR') as string,
    });
    expect(unmet(inWords('vercel'), inWords('ngrok'))?.message).toContain('no provider for `m`');
    expect(unmet(inWords('vercel'), { status: 403 })?.message).toContain('no provider for `m`');
  });

  test('have the status of the system, unless the policy states its own', () => {
    const of = (block: BlockSettings): number | undefined => {
      const policies = [policy('p', { rules: [REQUIRE_ZDR], block })];
      const set = setOf(file({ providers: [provider('acme')], targets: TARGETS, policies }));
      return decide(compileBundle(set, 'x'), offering(['t1']), NOW_MS).block?.httpStatus;
    };
    expect(of(inWords('vercel'))).toBe(400);
    expect(of({ ...inWords('vercel'), isStatusFixed: true })).toBe(403);
    expect(of({ ...inWords('vercel'), status: 451, isStatusFixed: true })).toBe(451);
  });

  test('say whom to ask: the policy`s contact, else the bundle`s', () => {
    const mine = { ...inWords('vercel'), contact: 'Ask me.' };
    expect(blocked([mine], undefined, 'Ask them.').message).toContain(' Ask me.');
    expect(blocked([inWords('vercel')], undefined, 'Ask them.').message).toContain(' Ask them.');
    expect(blocked([inWords('vercel')]).message).toContain('Contact the owner');
    expect(blocked([{ status: 403 }], undefined, 'Ask them.').message).toMatch(/\. Ask them\.$/u);
  });

  test('show a model without the provider that pins it', () => {
    const template = { status: 403 as const, message: '{model} {model_name}' };
    const pinned = offering(['t1'], { model: 'acme/m' });
    expect(blocked([template], pinned).message).toBe('acme/m m');
    const author = offering(['t1'], { model: 'acme/m', modelIdStyle: 'author' });
    expect(blocked([template], author).message).toBe('acme/m acme/m');
  });

  test('fit the requirement at which the last candidate fell', () => {
    const block = inWords('vercel');
    const demanding = policy('p', { rules: [REQUIRE_ZDR, { kind: 'require_no_training' }], block });
    const kept = target('t1', {
      claims: [
        {
          name: 'zero_data_retention',
          value: true,
          assurance: 'declared',
          position: { file: 'x', line: 1, column: 1 },
        },
      ],
    });
    const other = target('t2', { provider: 'boreal' });
    const set = setOf(
      file({
        providers: [provider('acme'), provider('boreal')],
        targets: [other, kept],
        policies: [demanding],
      }),
    );
    const message = (...refs: readonly string[]) =>
      decide(compileBundle(set, 'x'), offering(refs, { model: 'm' }), NOW_MS).block?.message;
    expect(message('t2')).toContain('No ZDR');
    expect(message('t2', 't1')).toContain('disallow prompt training');
    expect(message('t1', 't2')).toContain('disallow prompt training');
  });
});
