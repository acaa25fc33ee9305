import { CLAIM_TYPES, CONTRACTUAL_CLAIMS } from '../../src/core/model/claim';
import { tableRows, textOf } from './support/project-files';

const CELLS = tableRows(textOf('docs/claims.md')).map((cells) => cells[0] ?? '');

describe('docs/claims.md', () => {
  it('has a row for each claim, in the order of the model', () => {
    const documented = CELLS.map((cell) => cell.replace(' ¹', ''));
    expect(documented.slice(2)).toEqual([
      ...Object.keys(CLAIM_TYPES),
      'certification:NAME',
      'label:KEY',
    ]);
  });

  it('marks the contractual ones', () => {
    const marked = CELLS.filter((cell) => cell.endsWith(' ¹')).map((cell) => cell.slice(0, -2));
    expect(new Set(marked)).toEqual(new Set(CONTRACTUAL_CLAIMS));
  });
});
