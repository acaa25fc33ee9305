import { BUNDLE_CASES } from './cases/bundle-cases';
import { yamlCases } from './cases/yaml-cases';
import { native } from './support/documents';
import { testFileSurface } from './support/file-surface';

const SAMPLE = { good: native('Bundle', 'revision: 1\ndefault: block'), line: '  default: block' };

describe('a bad Bundle', () => {
  testFileSurface('bundle', [...yamlCases(SAMPLE), ...BUNDLE_CASES]);
});
