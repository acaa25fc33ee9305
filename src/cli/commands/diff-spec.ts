import type { CommandSpec } from '../command';
import { FORMAT_OPTION, NOW_OPTION } from '../global-options';

/** `ambit diff`. */
export const diffSpec: CommandSpec = {
  name: 'diff',
  summary: 'show who gains and who loses which target between two states of the policies',
  description: [
    'Decides for both, over both catalogs and all scopes, apis and features that either can tell apart, and shows',
    'every difference with the rule that makes it. It is complete, or an error: never a part.',
  ],
  positionals: '[DIALECT:]OLD [DIALECT:]NEW',
  options: [
    {
      name: 'catalog',
      value: '[DIALECT:]FILE|DIR',
      times: 'many',
      summary: 'a further file that both are read with',
    },
    {
      name: 'fail-on-wider',
      times: 'many',
      summary: 'exit with 1 if anybody gains anything, or if that cannot be ruled out',
    },
    NOW_OPTION,
    FORMAT_OPTION,
  ],
  examples: [
    { purpose: 'what would the change do?', line: 'diff policies/ proposed/' },
    {
      purpose: 'in CI: nobody may gain anything',
      line: 'diff --fail-on-wider --catalog catalog.yaml main/policy.yaml policy.yaml',
    },
    { purpose: 'for programs', line: 'diff --format json old.yaml new.yaml' },
  ],
};
