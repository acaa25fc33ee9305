import { RECONCILE_CODES } from '../../src/service/reconcile/findings';
import { tableRows, textOf } from './support/project-files';

/** Rows with a code, a level and a meaning. */
const ROWS = tableRows(textOf('docs/reconcile.md')).filter(
  ([code = '', level = '']) => /^[a-z_]+$/.test(code) && /^(?:error|warning|info)$/.test(level),
);

test('docs/reconcile.md tells of every code, with its level, the worst first', () => {
  expect(ROWS.map(([code, level]) => [code, level])).toEqual(Object.entries(RECONCILE_CODES));
  expect(ROWS.filter(([, , meaning = '']) => meaning === '')).toEqual([]);
});
