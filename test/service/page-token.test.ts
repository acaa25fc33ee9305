import { digestOf } from '../../src/platform/digest';
import { createPageTokens } from '../../src/service/page-token';

const tokens = createPageTokens('listing', digestOf);

describe('a page token', () => {
  it('names a place of its listing', () => {
    expect(tokens.read('')).toEqual({ offset: 0 });
    expect(tokens.read(tokens.write(7))).toEqual({ offset: 7 });
    expect(tokens.read(tokens.write(9_999_999_999))).toEqual({ offset: 9_999_999_999 });
  });

  it('fits no other listing', () => {
    const other = createPageTokens('other', digestOf);
    expect(other.read(tokens.write(7))).toEqual({
      problem: expect.stringContaining('belongs to another listing') as string,
    });
  });

  const [, tag = ''] = tokens.write(7).split('.');
  it.each([
    'x',
    '.',
    '7',
    `0.${tag}`,
    `-1.${tag}`,
    `07.${tag}`,
    `7.5.${tag}`,
    `7.${tag}.`,
    `7.${tag} `,
    `1e3.${tag}`,
    `99999999999.${tag}`,
  ])('is none: `%s`', (text) => {
    expect(tokens.read(text)).toHaveProperty('problem');
  });
});
