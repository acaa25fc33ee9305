import { readFile } from 'node:fs/promises';

import type { SecretReference } from '../ports/secret-reference';
import { explainFailure } from './explain-failure';

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What was read, or what an operator can be told; never what a secret holds. */
export type SecretReading = { readonly bytes: Buffer } | { readonly problem: string };

/** Reads a secret from where it is kept. */
export async function readSecret(
  reference: SecretReference,
  environment: Environment,
): Promise<SecretReading> {
  if ('file' in reference) return readPemFile(reference.file);
  const value = environment[reference.env] ?? '';
  if (value === '') return { problem: `the variable \`${reference.env}\` is not set` };
  return { bytes: Buffer.from(value) };
}

/** A path that is no path but what should be in the file; it must not come into a log. */
const PEM_TEXT = /-----BEGIN |[\r\n]/;

/** Reads a file of certificates or keys. */
export async function readPemFile(path: string): Promise<SecretReading> {
  if (PEM_TEXT.test(path)) {
    return { problem: 'a text in PEM stands where the path of its file is expected' };
  }
  try {
    return { bytes: await readFile(path) };
  } catch (error) {
    return { problem: `\`${path}\` cannot be read: ${explainFailure(error)}` };
  }
}
