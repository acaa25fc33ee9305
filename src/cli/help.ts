import type { CommandSpec, OptionSpec } from './command';
import { EXIT_CODE_TABLE } from './exit-codes';
import { wordOf } from './find-command';
import { GLOBAL_OPTIONS } from './global-options';
import type { Palette } from './palette';
import { padEnd, widthOf } from './text';

/** The help of `ambit` itself: every command in one line, how to begin, and the exit codes. */
export function programHelp(commands: readonly CommandSpec[], palette: Palette): string {
  return sections(palette, [
    [
      '',
      [
        'ambit decides which providers may receive a request to a model, and says why not the others',
      ],
    ],
    ['usage', ['ambit COMMAND [OPTIONS]', 'ambit COMMAND --help', 'ambit --version']],
    ['commands', table(commands.map(({ name, summary }) => [name, summary]))],
    [
      'to begin',
      [
        '# check the files, then ask who may be sent a request to a model',
        'ambit lint policy.yaml catalog.yaml',
        'ambit decide --policy policy.yaml --catalog catalog.yaml --model NAME',
      ],
    ],
    exitCodes(),
  ]);
}

/** The help of one command: usage, sub-commands or options, examples and the exit codes. */
export function commandHelp(spec: CommandSpec, palette: Palette): string {
  const positionals = spec.positionals === undefined ? '' : ` ${spec.positionals}`;
  const examples = spec.examples.flatMap(({ purpose, line }) => [`# ${purpose}`, `ambit ${line}`]);
  return sections(palette, [
    ['', [`ambit ${spec.name}: ${spec.summary}`, ...spec.description]],
    ...partsOf(spec, positionals),
    ['examples', examples],
    exitCodes(),
  ]);
}

function partsOf(spec: CommandSpec, positionals: string): readonly Section[] {
  const options: Section = ['options', optionLines([...spec.options, ...GLOBAL_OPTIONS])];
  if (spec.subcommands === undefined) {
    return [['usage', [`ambit ${spec.name} [OPTIONS]${positionals}`]], options];
  }
  const rows = spec.subcommands.map((command) => [wordOf(command), command.summary] as const);
  return [
    ['usage', [`ambit ${spec.name} COMMAND [OPTIONS]`, `ambit ${spec.name} COMMAND --help`]],
    ['commands', table(rows)],
  ];
}

type Section = readonly [title: string, lines: readonly string[]];

function exitCodes(): Section {
  return ['exit codes', table(EXIT_CODE_TABLE.map(([code, meaning]) => [String(code), meaning]))];
}

function optionLines(options: readonly OptionSpec[]): readonly string[] {
  return table(options.map((option) => [flagsOf(option), summaryOf(option)]));
}

function flagsOf(option: OptionSpec): string {
  const short = option.short === undefined ? '    ' : `-${option.short}, `;
  const value = option.value === undefined ? '' : ` ${option.value}`;
  return `${short}--${option.name}${value}`;
}

function summaryOf(option: OptionSpec): string {
  const repeatable = option.times === 'many' && option.value !== undefined;
  return repeatable ? `${option.summary} (may be repeated)` : option.summary;
}

function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => widthOf(left)));
  return rows.map(([left, right]) => `${padEnd(left, width)}  ${right}`);
}

function sections(palette: Palette, parts: readonly Section[]): string {
  return parts
    .map(([title, lines]) =>
      title === ''
        ? lines.join('\n')
        : [palette.bold(title), ...lines.map((line) => `  ${line}`)].join('\n'),
    )
    .join('\n\n')
    .concat('\n');
}
