import { looksSecret } from '../../../src/core/model/secret-word';

const TWELVE = 'aZ09-_aZ09-_';
const TEN = 'aZ09-_aZ09';

describe('what looks secret', () => {
  it.each([
    ...['sk', 'pk', 'rk', 'gsk', 'xai', 'ghp', 'gho', 'xoxb', 'xoxp', 'AKIA', 'AIza'].map(
      (prefix) => `key ${prefix}${TWELVE}`,
    ),
    `eyJ${TEN}.x`,
    `a eyJ${TEN}.-_.more`,
    '-----BEGIN PRIVATE KEY-----',
    'begin rsa private key',
    'Authorization: Bearer x',
    'bearer\tx',
  ])('%s', (text) => {
    expect(looksSecret(text)).toBe(true);
  });

  it.each([
    '',
    'gpt-4o',
    `sk${TWELVE.slice(1)}`,
    `sk${TWELVE.slice(1)} more`,
    `sk${'.'.repeat(12)}`,
    `task${TWELVE}`,
    `SK${TWELVE}`,
    `eyJ${TEN.slice(1)}.x`,
    `eyJ${'.'.repeat(11)}x`,
    `eyJ${TEN}`,
    `eyJ${TEN}.`,
    `eyJ${TEN}. x`,
    `heyJ${TEN}.x`,
    'bearer',
    'bearer-x',
    'forbearer x',
    'public key',
  ])('%j does not', (text) => {
    expect(looksSecret(text)).toBe(false);
  });
});
