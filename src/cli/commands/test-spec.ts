import type { CommandSpec, OptionSpec } from '../command';
import { POLICY_OPTIONS } from '../global-options';

/** How the results are written. */
const FORMAT: OptionSpec = {
  name: 'format',
  value: 'text|json|junit',
  choices: ['text', 'json', 'junit'],
  times: 'once',
  summary: 'for people (text), for programs (json), or for a CI server (junit)',
};

/** `ambit test`. */
export const testSpec: CommandSpec = {
  name: 'test',
  summary: 'hold policies against their tests, and show what no test would notice',
  description: [
    'Runs the cases of all PolicyTest documents in the files (docs/policy-tests.md). Every candidate of a case must be',
    'named as eligible or as blocked. Without any case it fails: nothing would have been tested.',
  ],
  positionals: '[[DIALECT:]FILE|DIR|- ...]',
  options: [
    ...POLICY_OPTIONS,
    {
      name: 'filter',
      value: 'PATTERN',
      times: 'once',
      summary: 'only cases whose DOCUMENT/CASE holds it; * stands for any characters',
    },
    {
      name: 'coverage',
      times: 'many',
      summary: 'show how often each rule let a target pass, and stopped one',
    },
    {
      name: 'threshold',
      value: 'PERCENT',
      times: 'once',
      summary: 'fail below this coverage, 1 to 100; with --coverage or without',
    },
    {
      name: 'mutate',
      times: 'many',
      summary: 'drop, loosen and negate each rule, and fail where no case notices',
    },
    { name: 'watch', times: 'many', summary: 'run again whenever a file changes, until SIGINT' },
    {
      name: 'now',
      value: 'TIME',
      times: 'once',
      summary: 'run all cases as of this instant instead of their own',
    },
    FORMAT,
  ],
  examples: [
    { purpose: 'all tests of a directory', line: 'test --policy policies/' },
    {
      purpose: 'in CI: every rule must be seen both ways, and every change of one noticed',
      line: 'test --threshold 100 --mutate policy.yaml catalog.yaml tests.yaml',
    },
    { purpose: 'for a CI server', line: 'test --format junit policies/ > ambit.xml' },
    { purpose: 'what fails at the end of the year?', line: 'test --now 2026-12-31 policies/' },
  ],
};
