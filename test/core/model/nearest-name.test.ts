import { nearestName } from '../../../src/core/model/nearest-name';

/** A name of 64 letters, the most that is compared. */
const LONG = 'm'.repeat(64);

describe('the nearest name', () => {
  it.each([
    // A letter too many, too few, another, and two that changed places.
    ['abcxdef', 'abcdef'],
    ['abdef', 'abcdef'],
    ['abxdef', 'abcdef'],
    ['abdcef', 'abcdef'],
    ['bacdef', 'abcdef'],
    ['abcdfe', 'abcdef'],
    // Two of six may differ, at either end.
    ['xxcdef', 'abcdef'],
    ['abcdxx', 'abcdef'],
    ['badcef', 'abcdef'],
    ['abcd', 'abcdef'],
    ['ab', 'abc'],
    ['abc', 'ab'],
    ['ABC-def_1', 'abc_def.1'],
    ['abc def.1', 'abc_def-1'],
    [LONG, `${LONG}x`],
  ])('of %s is %s', (name, known) => {
    expect(nearestName(name, ['zzzzzz', known])).toBe(known);
  });

  it.each([
    ['xxxdef', 'abcdef'],
    ['abcxxx', 'abcdef'],
    ['bdafce', 'abcdef'],
    ['badcfe', 'abcdef'],
    // Only one of the two changed its place.
    ['abc', 'xac'],
    ['abc', 'bxc'],
    ['cabfde', 'abcdef'],
    ['bcaefd', 'abcdef'],
    ['abc', 'abcdef'],
    ['ab', 'xy'],
    ['ab', 'ba'],
    ['a', 'b'],
    ['', 'a'],
    ['abcdef', 'abc'],
    ['abc_def', 'abcdef___'],
    [`${LONG}m`, LONG],
  ])('of %s is not %s', (name, known) => {
    expect(nearestName(name, [known])).toBeUndefined();
  });

  it('is the one that fewest letters tell apart, and of equals the first', () => {
    expect(nearestName('abcdef', ['abcdxx', 'abcdex', 'abxdef', 'abxxef'])).toBe('abcdex');
    expect(nearestName('abcdef', ['abcdef', 'abcdex'])).toBe('abcdef');
    expect(nearestName('abcdef', [])).toBeUndefined();
  });
});
