/** What the command line says, checked against the command's options. */
export interface ParsedArguments {
  /** The last, and only, value of an option. */
  value(name: string): string | undefined;
  /** All values of an option, in order. */
  values(name: string): readonly string[];
  /** True if the switch was given. */
  has(name: string): boolean;
  readonly positionals: readonly string[];
}
