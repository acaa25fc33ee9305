import type { CommandSpec, OptionSpec } from './command';
import { GLOBAL_OPTIONS } from './global-options';

/** Shells that completion is written for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** A shell that completion is written for. */
export type Shell = (typeof SHELLS)[number];

/** A script for the shell that completes commands, options and closed values, and files elsewhere. */
export function completionScript(shell: Shell, commands: readonly CommandSpec[]): string {
  switch (shell) {
    case 'bash':
      return bashScript(commands);
    case 'zsh':
      return zshScript(commands);
    case 'fish':
      return fishScript(commands);
  }
}

function optionsOf(command: CommandSpec): readonly OptionSpec[] {
  return [...command.options, ...GLOBAL_OPTIONS];
}

function bashScript(commands: readonly CommandSpec[]): string {
  // By command: options of one name may take other values elsewhere, as `--format` does.
  const values = commands.flatMap((command) =>
    optionsOf(command).flatMap(({ name, choices }) =>
      choices === undefined
        ? []
        : [
            `    '${command.name} --${name}') COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$current")); return ;;`,
          ],
    ),
  );
  const words = commands.map((command) => {
    const flags = optionsOf(command).map((option) => `--${option.name}`);
    return `    ${command.name}) words='${[...flags, ...(command.positionalChoices ?? [])].join(' ')}' ;;`;
  });
  return [
    '# ambit completion bash: source <(ambit completion bash)',
    '_ambit() {',
    '  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" words=""',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} --help --version' -- "$current"))`,
    '    return',
    '  fi',
    '  case "${COMP_WORDS[1]} $previous" in',
    ...values,
    '  esac',
    '  case "${COMP_WORDS[1]}" in',
    ...words,
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current"))',
    '}',
    'complete -o filenames -F _ambit ambit',
    '',
  ].join('\n');
}

function zshScript(commands: readonly CommandSpec[]): string {
  const cases = commands.flatMap((command) => [
    `    ${command.name})`,
    '      _arguments \\',
    ...optionsOf(command).map((option) => `        '${zshOption(option)}' \\`),
    `        '*:argument:${zshAction(command.positionalChoices)}'`,
    '      ;;',
  ]);
  return [
    '#compdef ambit',
    '# ambit completion zsh: write it to a file `_ambit` in a directory of $fpath',
    '_ambit() {',
    '  if (( CURRENT == 2 )); then',
    '    local -a commands=(',
    ...commands.map(({ name, summary }) => `      '${name}:${zshText(summary)}'`),
    '    )',
    "    _describe 'command' commands",
    '    return',
    '  fi',
    '  local command="$words[2]"',
    '  shift words',
    '  (( CURRENT-- ))',
    '  case "$command" in',
    ...cases,
    '  esac',
    '}',
    'compdef _ambit ambit',
    '',
  ].join('\n');
}

function zshOption(option: OptionSpec): string {
  const repeated = option.times === 'many' ? '*' : '';
  const value = option.value === undefined ? '' : `:value:${zshAction(option.choices)}`;
  return `${repeated}--${option.name}[${zshText(option.summary)}]${value}`;
}

function zshAction(choices: readonly string[] | undefined): string {
  return choices === undefined ? '_files' : `(${choices.join(' ')})`;
}

// Brackets and colons have a meaning in specifications, and an apostrophe would end the quotes.
function zshText(text: string): string {
  return text.replaceAll("'", '’').replace(/[[\]:]/g, '\\$&');
}

function fishScript(commands: readonly CommandSpec[]): string {
  const lines = commands.flatMap((command) => [
    `complete -c ambit -f -n __fish_use_subcommand -a ${command.name} -d '${fishText(command.summary)}'`,
    ...optionsOf(command).map((option) => fishOption(command, option)),
    ...(command.positionalChoices ?? []).map(
      (choice) => `complete -c ambit -f -n '${seen(command)}' -a ${choice}`,
    ),
  ]);
  return ['# ambit completion fish: ambit completion fish | source', ...lines, ''].join('\n');
}

function fishOption(command: CommandSpec, option: OptionSpec): string {
  const value =
    option.value === undefined
      ? ''
      : option.choices === undefined
        ? ' -r -F'
        : ` -x -a '${option.choices.join(' ')}'`;
  const summary = fishText(option.summary);
  return `complete -c ambit -n '${seen(command)}' -l ${option.name}${value} -d '${summary}'`;
}

function seen(command: CommandSpec): string {
  return `__fish_seen_subcommand_from ${command.name}`;
}

function fishText(text: string): string {
  return text.replaceAll("'", '’');
}
