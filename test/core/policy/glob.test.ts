import { matchesGlob } from '../../../src/core/policy/glob';

describe('matchesGlob', () => {
  it.each([
    ['m', 'm', true],
    ['m', 'M', false],
    ['m', 'mm', false],
    ['', '', true],
    ['', 'm', false],
    ['*', '', true],
    ['*', 'anything/at:all', true],
    ['gpt-*', 'gpt-4o', true],
    ['gpt-*', 'gpt-', true],
    ['gpt-*', 'gpt', false],
    ['gpt-*', 'chatgpt-4', false],
    ['*-mini', 'gpt-4o-mini', true],
    ['*-mini', 'gpt-4o-mini-high', false],
    ['*mini*', 'gpt-4o-mini-high', true],
    ['a*b*c', 'a1b2b3c', true],
    ['a*b*c', 'acb', false],
    ['**', 'x', true],
    ['a**', 'a', true],
    // Every character but `*` stands for itself.
    ['a.c', 'abc', false],
    ['a?c', 'abc', false],
    ['[ab]', 'a', false],
    ['a+', 'aa', false],
  ])('%j on %j: %j', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  it('needs few steps for patterns that make others retry without end', () => {
    // With nested retries this is more than 10^20 steps, so the test would not end.
    expect(matchesGlob(`${'a*'.repeat(30)}b`, 'a'.repeat(5_000))).toBe(false);
  });
});
