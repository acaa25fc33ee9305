import type { CommandSpec } from '../command';
import { FINDINGS_FORMAT_OPTION, NOW_OPTION, POLICY_OPTIONS } from '../global-options';

/** `ambit lint`. */
export const lintSpec: CommandSpec = {
  name: 'lint',
  summary: 'check policy and catalog files, and show every mistake at its word',
  description: [
    'Reads all files as `ambit serve` would and reports everything that is wrong or probably not meant,',
    'in all files at once. Nothing to check is an error, too.',
  ],
  positionals: '[[DIALECT:]FILE|DIR|- ...]',
  options: [
    ...POLICY_OPTIONS,
    { name: 'strict', times: 'many', summary: 'exit with 1 for any finding, not only for errors' },
    NOW_OPTION,
    FINDINGS_FORMAT_OPTION,
  ],
  examples: [
    { purpose: 'check a policy together with its catalog', line: 'lint policy.yaml catalog.yaml' },
    {
      purpose: 'in CI: fail on warnings too, and say what expires until the given day',
      line: 'lint --strict --now 2027-01-01 --policy policies/',
    },
    { purpose: 'for programs, from the standard input', line: 'lint --format json -' },
    { purpose: 'for code scanning', line: 'lint --format sarif policies/ > ambit.sarif' },
  ],
};
