import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

import type { SecretReference } from '../ports/secret-reference';
import { explainFailure } from './explain-failure';

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What was read, or what an operator can be told; never what a secret holds. */
export type SecretReading = { readonly bytes: Buffer } | { readonly problem: string };

/** Bytes of a file of keys or certificates; all authorities of a system are a quarter of it. */
const MAX_BYTES = 1024 * 1024;

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
    return await readRegular(path);
  } catch (error) {
    return { problem: `\`${path}\` cannot be read: ${explainFailure(error)}` };
  }
}

/** A pipe would be waited for until somebody writes, and a device may never end. */
async function readRegular(path: string): Promise<SecretReading> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    // A directory is left to reading, whose error names it.
    const stated = await file.stat();
    if (!stated.isFile() && !stated.isDirectory()) return { problem: `\`${path}\` is no file` };
    const bytes = await readBounded(file);
    if (bytes.length <= MAX_BYTES) return { bytes };
    return { problem: `\`${path}\` is longer than ${String(MAX_BYTES)} bytes` };
  } finally {
    await file.close();
  }
}

/** No more than one byte beyond what is allowed, whatever the file is said to hold: it may grow. */
async function readBounded(file: FileHandle): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const stream = file.createReadStream({ start: 0, end: MAX_BYTES, autoClose: false });
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
