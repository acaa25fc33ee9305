import { removesAuthority } from '../../src/platform/authorities';

const pem = (...bodies: readonly string[]): Buffer =>
  Buffer.from(
    bodies
      .map((body) => `# a note\n-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`)
      .join(''),
  );

describe('authorities that are trusted no more', () => {
  it.each([
    ['the same', pem('QUFB', 'QkJC'), pem('QUFB', 'QkJC'), false],
    ['another order', pem('QUFB', 'QkJC'), pem('QkJC', 'QUFB'), false],
    ['one more', pem('QUFB'), pem('QkJC', 'QUFB'), false],
    ['lines that are broken elsewhere', pem('QUFBQkJC'), pem('QUFB\r\nQkJC'), false],
    ['one less', pem('QUFB', 'QkJC'), pem('QkJC'), true],
    ['another one', pem('QUFB'), pem('QkJC'), true],
    ['the beginning of one', pem('QUFBQkJC'), pem('QUFB'), true],
    ['none that can be told', Buffer.from('what is this'), pem('QUFB'), true],
  ])('%s', (_name, before, after, expected) => {
    expect(removesAuthority(before, after)).toBe(expected);
  });
});
