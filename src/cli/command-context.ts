import type { CliDependencies } from './dependencies';
import type { Palette } from './palette';
import { escapeJson } from './text';

/** What every command is given beside its arguments. */
export interface CommandContext {
  readonly dependencies: CliDependencies;
  /** For what goes to the standard output. */
  readonly palette: Palette;
  /** For what goes to the error stream. */
  readonly errorPalette: Palette;
}

/** Writes a line to the standard output. */
export function printLine(context: CommandContext, line: string): void {
  context.dependencies.stdout.write(`${line}\n`);
}

/** Writes a value as JSON to the standard output, for programs: indented, one value, a line end. */
export function printJson(context: CommandContext, value: unknown): void {
  printLine(context, escapeJson(JSON.stringify(value, null, 2)));
}
