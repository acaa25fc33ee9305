import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogText, decideBoth, teamText } from './support';

/** The announcement itself, where it lies beside a checkout. */
const SOURCE = join(__dirname, '../../../../shared/sources/003_085455baa3d91cc6.txt');

const REQUEST = readFileSync(join(__dirname, 'source/request.txt'), 'utf8');
const ANSWER = readFileSync(join(__dirname, 'source/answer.json'), 'utf8');

/** What the printed request says: its model, and the providers that it leaves. */
const model = /model: '([^']+)'/u.exec(REQUEST)?.[1] ?? '';
const only = [...(/only: \[([^\]]*)\]/u.exec(REQUEST)?.[1] ?? '').matchAll(/'([^']+)'/gu)].map(
  ([, name]) => name ?? '',
);

const CATALOG = catalogText({ deepseek: {}, fireworks: {}, openai: {} }).replaceAll(
  '"m"',
  '"deepseek-v4-pro","serves":["deepseek/deepseek-v4-pro"]',
);
const SETTINGS = teamText(
  'allowlist_on: true',
  'disabled: [deepseek]',
  'as_of: 2026-06-01',
  'providers: [deepseek, fireworks, openai]',
);

function decideExample(preferences: object) {
  return decideBoth(
    { catalog: CATALOG, settings: SETTINGS },
    { model, preferences, api: 'chat_completions' },
  );
}

describe('the example of the announcement', () => {
  const compact = (text: string): string => text.replaceAll(/\s+/gu, '');

  it('is here as it is printed', () => {
    expect([model, only]).toEqual(['deepseek/deepseek-v4-pro', ['deepseek']]);
    if (!existsSync(SOURCE)) return;
    const source = compact(readFileSync(SOURCE, 'utf8'));
    expect(source).toContain(compact(REQUEST));
    expect(source).toContain(compact(ANSWER));
  });

  it('is blocked with its body, byte for byte where people read', () => {
    const { block, eligible } = decideExample({ only });
    const expected = JSON.parse(ANSWER) as { readonly error: { readonly message: string } };
    expect(eligible).toEqual([]);
    expect(JSON.parse(block?.body ?? '')).toEqual(expected);
    expect(block).toMatchObject({
      message: expected.error.message,
      httpStatus: 403,
      contentType: 'application/json',
      code: 'provider_not_allowed',
      providersConsidered: ['deepseek'],
    });
  });

  it('goes to another allowed provider where the request does not pin', () => {
    const { eligible, block } = decideExample({});
    expect(block).toBeUndefined();
    expect(eligible.map(({ ref }) => ref)).toEqual([
      'fireworks/deepseek-v4-pro',
      'openai/deepseek-v4-pro',
    ]);
  });

  it('an agent that leaves the filter out, or writes another, gets nothing more', () => {
    for (const preferences of [
      {},
      { only: ['deepseek'] },
      { only: ['DeepSeek'] },
      { order: only },
    ]) {
      const { eligible } = decideExample(preferences);
      expect(eligible.map(({ ref }) => ref)).not.toContain('deepseek/deepseek-v4-pro');
    }
  });
});
