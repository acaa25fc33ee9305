import { spawnSync } from 'node:child_process';

import type { CommandSpec } from '../../src/cli/command';
import { completionScript } from '../../src/cli/completion';
import { findCommand, runnable } from '../../src/cli/find-command';
import { commandHelp } from '../../src/cli/help';
import { createPalette } from '../../src/cli/palette';
import type { UsageError } from '../../src/cli/usage-error';

const BASE = { description: [], examples: [{ purpose: 'for example', line: 'proxy make' }] };

const MAKE: CommandSpec = {
  ...BASE,
  name: 'proxy make',
  summary: 'print a configuration',
  options: [
    { name: 'form', value: 'long|short', choices: ['long', 'short'], times: 'once', summary: 'x' },
  ],
};
const LINT: CommandSpec = { ...BASE, name: 'proxy lint', summary: 'check it', options: [] };
const PROXY: CommandSpec = {
  ...BASE,
  name: 'proxy',
  summary: 'configure a proxy',
  options: [],
  subcommands: [MAKE, LINT],
};
const PLAIN_LINT: CommandSpec = {
  ...BASE,
  name: 'lint',
  summary: 'check policies',
  options: [{ name: 'strict', times: 'many', summary: 'x' }],
};
const COMMANDS = [PLAIN_LINT, PROXY];

function errorOf(words: readonly string[]): { readonly message: string; readonly help?: string } {
  try {
    findCommand(COMMANDS, words);
  } catch (thrown) {
    const { message, help } = thrown as UsageError;
    return { message, ...(help === undefined ? {} : { help }) };
  }
  throw new Error('nothing was thrown');
}

describe('a command with sub-commands', () => {
  it.each([
    [['lint', 'a'], PLAIN_LINT, ['a']],
    [['proxy', 'make', 'a', '--form'], MAKE, ['a', '--form']],
    [['proxy', 'lint'], LINT, []],
    [['proxy'], PROXY, []],
    [['proxy', '--help', 'make'], PROXY, ['--help', 'make']],
  ])('is found for %j', (words, spec, rest) => {
    expect(findCommand(COMMANDS, words)).toEqual({ spec, rest });
  });

  it('proposes what is meant, at its own level', () => {
    expect(errorOf(['porxy'])).toEqual({
      message: 'unknown command `porxy`',
      help: 'did you mean `proxy`?',
    });
    expect(errorOf(['proxy', 'maek'])).toEqual({
      message: 'unknown command `proxy maek`',
      help: 'did you mean `proxy make`?',
    });
    expect(errorOf(['proxy', 'zzzzzz']).help).toBe('see `ambit proxy --help` for the commands');
  });

  it('does nothing by itself', () => {
    expect(runnable(COMMANDS)).toEqual([PLAIN_LINT, MAKE, LINT]);
  });

  it('has its sub-commands in its help, and no options', () => {
    const help = commandHelp(PROXY, createPalette(false));
    expect(help).toContain('\n  ambit proxy COMMAND [OPTIONS]\n');
    expect(help).toMatch(/\ncommands\n {2}make {2}print a configuration\n {2}lint {2}check it\n/);
    expect(help).not.toContain('\noptions\n');
  });
});

/** What bash offers after these words; the last one is being written. */
function offered(words: readonly string[]): readonly string[] {
  const script = `${completionScript('bash', COMMANDS)}
COMP_WORDS=(ambit ${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${String(words.length)}
_ambit
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script], {
    encoding: 'utf8',
    cwd: __dirname,
  });
  expect(stderr).toBe('');
  return stdout.trim().split('\n');
}

describe('completion of sub-commands', () => {
  it('by bash', () => {
    expect(offered([''])).toEqual(['lint', 'proxy', '--help', '--version']);
    expect(offered(['proxy', ''])).toEqual(['make', 'lint', '--help']);
    expect(offered(['proxy', 'make', '--f'])).toEqual(['--form']);
    expect(offered(['proxy', 'make', '--form', ''])).toEqual(['long', 'short']);
    expect(offered(['proxy', 'lint', '--s'])).toEqual(['']);
    expect(offered(['lint', '--s'])).toEqual(['--strict']);
  });

  it('by zsh', () => {
    const script = completionScript('zsh', COMMANDS);
    expect(script).toContain("'make:print a configuration'");
    expect(script).toContain('      command="$command $words[2]"\n      shift words\n');
    expect(script).toContain("    'proxy make')\n      _arguments");
  });

  it('by fish, which tells commands of one word apart', () => {
    const lines = completionScript('fish', COMMANDS).split('\n');
    const within = '__fish_seen_subcommand_from proxy';
    expect(lines).toContain(
      `complete -c ambit -f -n '${within}; and not __fish_seen_subcommand_from make lint' -a make -d 'print a configuration'`,
    );
    expect(lines).toContain(
      `complete -c ambit -n '${within}; and __fish_seen_subcommand_from make' -l form -x -a 'long short' -d 'x'`,
    );
    expect(lines).toContain(
      `complete -c ambit -n '__fish_seen_subcommand_from lint; and not ${within}' -l strict -d 'x'`,
    );
  });
});
