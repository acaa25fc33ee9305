import { validateHeaderValue } from 'node:http';

import type { SecretReference } from '../../ports/secret-reference';
import type { TracingConfig } from '../../ports/service-config';
import { readPemFile, readSecret, type Environment, type SecretReading } from '../secret';
import { holdsCertificate } from '../tls-material';

/** What the configuration names, read. */
export interface TracingFiles {
  readonly headers: Readonly<Record<string, string>>;
  /** Authorities of the receiver, in PEM. Absent: those of the system. */
  readonly ca?: string;
}

/** The keys that name files or variables. */
export type TracingPart = 'headers' | 'caFile';

/** Why what is named cannot be used, in words that hold nothing of it. */
export interface TracingProblem {
  readonly problem: string;
  readonly part: TracingPart;
}

/** Reads the secrets and authorities that the configuration names. Never rejects. */
export async function readTracingFiles(
  { headers, caFile }: TracingConfig,
  environment: Environment,
): Promise<{ readonly files: TracingFiles } | TracingProblem> {
  const values: Record<string, string> = {};
  for (const [name, reference] of Object.entries(headers)) {
    const read = await readWord(reference, environment);
    const problem = 'problem' in read ? read.problem : problemOfHeader(name, read.text);
    if (problem !== undefined) return { problem, part: 'headers' };
    if ('text' in read) values[name] = read.text;
  }
  if (caFile === undefined) return { files: { headers: values } };
  const ca = textOf(await readPemFile(caFile));
  if ('problem' in ca) return { problem: ca.problem, part: 'caFile' };
  if (holdsCertificate(ca.text)) return { files: { headers: values, ca: ca.text } };
  return { problem: `\`${caFile}\` holds no certificate in PEM`, part: 'caFile' };
}

type Read = { readonly text: string } | { readonly problem: string };

/** A secret without the white space around it, such as the line end of its file. */
async function readWord(reference: SecretReference, environment: Environment): Promise<Read> {
  const read = textOf(await readSecret(reference, environment));
  if ('problem' in read) return read;
  const text = read.text.trim();
  if (text !== '') return { text };
  return 'env' in reference
    ? { problem: `the variable \`${reference.env}\` is not set` }
    : { problem: `\`${reference.file}\` is empty` };
}

function textOf(read: SecretReading): Read {
  return 'problem' in read ? read : { text: read.bytes.toString('utf8') };
}

/** What the library would refuse at every batch is refused once, at the start. */
function problemOfHeader(name: string, value: string): string | undefined {
  try {
    validateHeaderValue(name, value);
    return undefined;
  } catch {
    return `the value of the header \`${name}\` has characters that no header can have`;
  }
}
