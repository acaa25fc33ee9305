import type { CommandSpec, OptionSpec } from './command';
import { runnable, wordOf } from './find-command';
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

/** Commands that are divided, each with its sub-commands. */
function groupsOf(commands: readonly CommandSpec[]) {
  return commands.flatMap((command) =>
    command.subcommands === undefined ? [] : [{ command, subcommands: command.subcommands }],
  );
}

function bashScript(commands: readonly CommandSpec[]): string {
  const groups = groupsOf(commands).map(({ command, subcommands }) => {
    const words = [...subcommands.map(wordOf), '--help'].join(' ');
    return `    ${command.name}) if [ "$COMP_CWORD" -eq 2 ]; then COMPREPLY=($(compgen -W '${words}' -- "$current")); return; fi; command="$command \${COMP_WORDS[2]}" ;;`;
  });
  // By command: options of one name may take other values elsewhere, as `--format` does.
  const values = runnable(commands).flatMap((command) =>
    optionsOf(command).flatMap(({ name, choices }) =>
      choices === undefined
        ? []
        : [
            `    '${command.name} --${name}') COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$current")); return ;;`,
          ],
    ),
  );
  const words = runnable(commands).map((command) => {
    const flags = optionsOf(command).map((option) => `--${option.name}`);
    return `    '${command.name}') words='${[...flags, ...(command.positionalChoices ?? [])].join(' ')}' ;;`;
  });
  return [
    '# ambit completion bash: source <(ambit completion bash)',
    '_ambit() {',
    '  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" words=""',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} --help --version' -- "$current"))`,
    '    return',
    '  fi',
    '  local command="${COMP_WORDS[1]}"',
    '  case "$command" in',
    ...groups,
    '  esac',
    '  case "$command $previous" in',
    ...values,
    '  esac',
    '  case "$command" in',
    ...words,
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current"))',
    '}',
    'complete -o filenames -F _ambit ambit',
    '',
  ].join('\n');
}

function zshScript(commands: readonly CommandSpec[]): string {
  const groups = groupsOf(commands).flatMap(({ command, subcommands }) => [
    `    ${command.name})`,
    ...zshChoice(subcommands).map((line) => `    ${line}`),
    '      command="$command $words[2]"',
    '      shift words',
    '      (( CURRENT-- ))',
    '      ;;',
  ]);
  const cases = runnable(commands).flatMap((command) => [
    `    '${command.name}')`,
    '      _arguments \\',
    ...optionsOf(command).map((option) => `        '${zshOption(option)}' \\`),
    `        '*:argument:${zshAction(command.positionalChoices)}'`,
    '      ;;',
  ]);
  return [
    '#compdef ambit',
    '# ambit completion zsh: write it to a file `_ambit` in a directory of $fpath',
    '_ambit() {',
    ...zshChoice(commands),
    '  local command="$words[2]"',
    '  shift words',
    '  (( CURRENT-- ))',
    '  case "$command" in',
    ...groups,
    '  esac',
    '  case "$command" in',
    ...cases,
    '  esac',
    '}',
    'compdef _ambit ambit',
    '',
  ].join('\n');
}

/** Lines that offer the commands where the word that is being written is to be one of them. */
function zshChoice(commands: readonly CommandSpec[]): readonly string[] {
  return [
    '  if (( CURRENT == 2 )); then',
    '    local -a commands=(',
    ...commands.map((each) => `      '${wordOf(each)}:${zshText(each.summary)}'`),
    '    )',
    "    _describe 'command' commands",
    '    return',
    '  fi',
  ];
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
  const groups = groupsOf(commands);
  const names = groups.map(({ command }) => command.name);
  const chosen = groups.flatMap(({ command, subcommands }) => {
    const words = subcommands.map(wordOf);
    const choosing = `${seen([command.name])}; and not ${seen(words)}`;
    return subcommands.map((each) => fishCommand(each, choosing));
  });
  const lines = runnable(commands).flatMap((command) => {
    const condition = fishCondition(command, names);
    return [
      ...optionsOf(command).map((option) => fishOption(option, condition)),
      ...(command.positionalChoices ?? []).map(
        (choice) => `complete -c ambit -f -n '${condition}' -a ${choice}`,
      ),
    ];
  });
  const first = commands.map((command) => fishCommand(command, '__fish_use_subcommand'));
  const all = [...first, ...chosen, ...lines];
  return ['# ambit completion fish: ambit completion fish | source', ...all, ''].join('\n');
}

function fishCommand(command: CommandSpec, condition: string): string {
  const summary = fishText(command.summary);
  return `complete -c ambit -f -n '${condition}' -a ${wordOf(command)} -d '${summary}'`;
}

/** True while the command's options are being written: `lint` alone, say, and not the one of `envoy`. */
function fishCondition({ name }: CommandSpec, groups: readonly string[]): string {
  const words = name.split(' ');
  const condition = words.map((word) => seen([word])).join('; and ');
  const isPart = words.length > 1 || groups.length === 0;
  return isPart ? condition : `${condition}; and not ${seen(groups)}`;
}

function fishOption(option: OptionSpec, condition: string): string {
  const value =
    option.value === undefined
      ? ''
      : option.choices === undefined
        ? ' -r -F'
        : ` -x -a '${option.choices.join(' ')}'`;
  const summary = fishText(option.summary);
  return `complete -c ambit -n '${condition}' -l ${option.name}${value} -d '${summary}'`;
}

function seen(words: readonly string[]): string {
  return `__fish_seen_subcommand_from ${words.join(' ')}`;
}

function fishText(text: string): string {
  return text.replaceAll("'", '’');
}
