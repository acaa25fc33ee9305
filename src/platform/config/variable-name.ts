import type { TextRules } from '../../dialects/yaml/scalars';

/** The name of a variable of the environment. */
export const VARIABLE: TextRules = {
  pattern: /^[A-Za-z_][A-Za-z0-9_]*$/u,
  form: 'the name of a variable: letters, digits and `_`',
  maxChars: 128,
};
