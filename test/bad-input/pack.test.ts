import { PACK_CASES } from './cases/pack-cases';
import { yamlCases } from './cases/yaml-cases';
import { pack } from './support/documents';
import { testFileSurface } from './support/file-surface';

const SAMPLE = { good: pack(), line: '      zdr: true' };

describe('a bad pack', () => {
  testFileSurface('pack', [...yamlCases(SAMPLE), ...PACK_CASES]);
});
