import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { renderTricks } from '../e2e/attacks/render';
import { TRICKS } from '../e2e/attacks/tricks';
import { textOf } from './support/project-files';

const PAGE = 'docs/security/attacks.md';
const START = '<!-- tricks: made by test/tidy/attacks-page.test.ts -->';

test('docs/security/attacks.md tells of every trick what becomes of it', () => {
  const text = textOf(PAGE);
  const expected = `${text.slice(0, text.indexOf(START))}${START}\n\n${renderTricks()}\n`;
  if (process.env['TEST_WRITE'] === '1') {
    writeFileSync(join(__dirname, '../..', PAGE), expected);
  }
  expect(textOf(PAGE)).toBe(expected);
  expect(new Set(TRICKS.map(({ group, name }) => `${group}, ${name}`)).size).toBe(TRICKS.length);
  expect(TRICKS.length).toBeGreaterThan(100);
});
