import { POLICY_CASES } from './cases/policy-cases';
import { yamlCases } from './cases/yaml-cases';
import { requirements } from './support/documents';
import { testFileSurface } from './support/file-surface';

const SAMPLE = {
  good: requirements('require_no_training: true\nmax_retention_days: 0'),
  line: '    max_retention_days: 0',
};

describe('a bad Policy', () => {
  testFileSurface('policy', [...yamlCases(SAMPLE), ...POLICY_CASES]);
});
