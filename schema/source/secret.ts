import { mapping, ref, type Schema } from './json-schema';

/** A secret in a file or in a variable. */
export const SECRET = mapping(
  {
    file: ref('text', 'A file that holds it.'),
    env: {
      type: 'string',
      description: 'The variable of the environment that holds it.',
      pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
      maxLength: 128,
    },
  },
  { minProperties: 1, maxProperties: 1 },
);

/** Where a secret is; it never stands in a document. */
export function secret(description: string): Schema {
  return { ...SECRET, description };
}
