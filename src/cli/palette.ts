import type { Environment, TextOutput } from './dependencies';

/** Wraps texts in colours, or leaves them as they are. Texts must be escaped before. */
export interface Palette {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly blue: (text: string) => string;
}

/** What `--color` and `--no-color` say; absent: neither was given. */
export type ColorChoice = 'always' | 'never' | undefined;

/** Colours only where a person looks at a terminal that has them, unless an option says otherwise. */
export function wantsColor(
  choice: ColorChoice,
  output: TextOutput,
  environment: Environment,
): boolean {
  if (choice !== undefined) return choice === 'always';
  const refused = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  return output.isTty && !refused;
}

/** The colours, or functions that change nothing. */
export function createPalette(enabled: boolean): Palette {
  const wrap = (code: number) => (text: string) =>
    enabled && text !== '' ? `\u001b[${String(code)}m${text}\u001b[0m` : text;
  return {
    bold: wrap(1),
    dim: wrap(2),
    red: wrap(31),
    green: wrap(32),
    yellow: wrap(33),
    blue: wrap(34),
  };
}
