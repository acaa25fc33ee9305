import { CATALOG_CASES } from './cases/catalog-cases';
import { yamlCases } from './cases/yaml-cases';
import { native } from './support/documents';
import { testFileSurface } from './support/file-surface';

const SAMPLE = {
  good: native(
    'Catalog',
    'providers:\n  - id: acme\n    claims:\n      gdpr: true\n      iso27001: true',
  ),
  line: '        iso27001: true',
};

describe('a bad Catalog', () => {
  testFileSurface('catalog', [...yamlCases(SAMPLE), ...CATALOG_CASES]);
});
