import { parseArgs } from 'node:util';
import { nearestName } from '../dialects/yaml/nearest';
import type { CommandSpec, OptionSpec } from './command';
import { GLOBAL_OPTIONS } from './global-options';
import type { ParsedArguments } from './parsed-arguments';
import { orList } from './text';
import { UsageError } from './usage-error';

/** Reads the arguments that follow the command's name; throws `UsageError` with a suggestion. */
export function parseArguments(spec: CommandSpec, argv: readonly string[]): ParsedArguments {
  const known = [...spec.options, ...GLOBAL_OPTIONS];
  const given = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokensOf(known, argv)) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind === 'option') note(given, findOption(spec, known, token.rawName), token);
  }
  checkPositionals(spec, positionals);
  return {
    value: (name) => given.get(name)?.at(-1),
    values: (name) => given.get(name) ?? [],
    has: (name) => given.has(name),
    positionals,
  };
}

interface OptionToken {
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

// Not strict: what is wrong is told in our own words, with a suggestion.
function tokensOf(known: readonly OptionSpec[], argv: readonly string[]) {
  const options = Object.fromEntries(
    known.map((option) => [
      option.name,
      {
        type: option.value === undefined ? ('boolean' as const) : ('string' as const),
        multiple: true,
        ...(option.short === undefined ? {} : { short: option.short }),
      },
    ]),
  );
  return parseArgs({ args: [...argv], options, strict: false, tokens: true }).tokens;
}

function findOption(spec: CommandSpec, known: readonly OptionSpec[], rawName: string): OptionSpec {
  const found = known.find(
    (option) =>
      rawName === `--${option.name}` ||
      (option.short !== undefined && rawName === `-${option.short}`),
  );
  if (found !== undefined) return found;
  throw new UsageError(
    `unknown option \`${rawName}\` of \`ambit ${spec.name}\``,
    wayOut(spec, known, rawName.replace(/^-+/, '')),
  );
}

function wayOut(spec: CommandSpec, known: readonly OptionSpec[], name: string): string {
  const { hints = {} } = spec;
  if (Object.hasOwn(hints, name)) return hints[name] ?? '';
  const nearest = nearestName(
    name,
    known.map((option) => option.name),
  );
  return nearest === undefined
    ? `see \`ambit ${spec.name} --help\` for its options`
    : `did you mean \`--${nearest}\`?`;
}

function note(given: Map<string, string[]>, option: OptionSpec, token: OptionToken): void {
  const before = given.get(option.name);
  if (before !== undefined && option.times === 'once') {
    throw new UsageError(`\`--${option.name}\` is given twice`, 'give it once');
  }
  given.set(option.name, [...(before ?? []), checkedValue(option, token)]);
}

function checkedValue(option: OptionSpec, token: OptionToken): string {
  if (option.value === undefined) {
    if (token.value === undefined) return '';
    throw new UsageError(
      `\`--${option.name}\` is a switch and takes no value`,
      'leave the value out',
    );
  }
  const value = token.value;
  const isOption = value !== undefined && token.inlineValue !== true && /^-./.test(value);
  if (value === undefined || value === '' || isOption) {
    throw new UsageError(
      `\`--${option.name}\` needs a value`,
      `write \`--${option.name} ${option.value}\``,
    );
  }
  checkChoice(`--${option.name}`, value, option.choices);
  return value;
}

function checkChoice(what: string, value: string, choices: readonly string[] | undefined): void {
  if (choices === undefined || choices.includes(value)) return;
  const nearest = nearestName(value, choices);
  throw new UsageError(
    `\`${value}\` is no value of \`${what}\``,
    nearest === undefined
      ? `use ${orList(choices.map((choice) => `\`${choice}\``))}`
      : `did you mean \`${nearest}\`?`,
  );
}

function checkPositionals(spec: CommandSpec, positionals: readonly string[]): void {
  const first = positionals[0];
  if (first === undefined) return;
  if (spec.positionals === undefined) {
    throw new UsageError(
      `\`ambit ${spec.name}\` takes no argument \`${first}\``,
      spec.argumentHint ?? `see \`ambit ${spec.name} --help\``,
    );
  }
  checkChoice(spec.positionals, first, spec.positionalChoices);
}
