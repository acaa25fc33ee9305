import { TRAIL_CODES } from '../../src/service/trail/trail-codes';
import { tableRows, textOf } from './support/project-files';

describe('docs/trail.md', () => {
  it('has a row for each code, in their order, with what it means', () => {
    const rows = tableRows(textOf('docs/trail.md')).filter(([code = '']) => code in TRAIL_CODES);
    expect(rows).toEqual(Object.entries(TRAIL_CODES));
  });
});
