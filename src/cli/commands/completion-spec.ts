import type { CommandSpec } from '../command';
import { SHELLS } from '../completion';

/** `ambit completion`. */
export const completionSpec: CommandSpec = {
  name: 'completion',
  summary: 'print a completion script for your shell',
  description: ['Completes commands, options and their values; files elsewhere.'],
  positionals: SHELLS.join('|'),
  positionalChoices: SHELLS,
  options: [],
  examples: [
    {
      purpose: 'bash, for this session',
      line: 'completion bash > ~/.ambit.bash && . ~/.ambit.bash',
    },
    { purpose: 'zsh, for good', line: 'completion zsh > "${fpath[1]}/_ambit"' },
    { purpose: 'fish, for this session', line: 'completion fish | source' },
  ],
};
