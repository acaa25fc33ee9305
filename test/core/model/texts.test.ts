import { FEATURES, isFeature } from '../../../src/core/model/api';
import { formatPosition } from '../../../src/core/model/source-position';

describe('formatPosition', () => {
  it('is what editors and terminals open', () => {
    const position = { file: 'policies/eu.yaml', line: 7, column: 9, endColumn: 12 };
    expect(formatPosition(position)).toBe('policies/eu.yaml:7:9');
  });
});

describe('isFeature', () => {
  it('knows the features, as they are spelt, and nothing else', () => {
    for (const feature of FEATURES) expect(isFeature(feature)).toBe(true);
    for (const text of ['', 'Store', 'no-store', 'toString']) expect(isFeature(text)).toBe(false);
  });
});
