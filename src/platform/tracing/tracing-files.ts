import { validateHeaderValue } from 'node:http';
import { readFile } from 'node:fs/promises';

import type { SecretReference } from '../../ports/secret-reference';
import type { TracingConfig } from '../../ports/service-config';
import { errorCodeOf } from '../error-code';
import { holdsCertificate } from '../tls-material';

/** What the configuration names, read. */
export interface TracingFiles {
  readonly headers: Readonly<Record<string, string>>;
  /** Authorities of the receiver, in PEM. Absent: those of the system. */
  readonly ca?: string;
}

/** The keys that name files or variables. */
export type TracingPart = 'headers' | 'caFile';

/** The variables of a process. */
type Environment = Readonly<Record<string, string | undefined>>;

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
    const read = await readSecret(reference, environment);
    const problem = 'problem' in read ? read.problem : problemOfHeader(name, read.text);
    if (problem !== undefined) return { problem, part: 'headers' };
    if ('text' in read) values[name] = read.text;
  }
  if (caFile === undefined) return { files: { headers: values } };
  const ca = await readText(caFile);
  if ('problem' in ca) return { problem: ca.problem, part: 'caFile' };
  if (holdsCertificate(ca.text)) return { files: { headers: values, ca: ca.text } };
  return { problem: `\`${caFile}\` holds no certificate in PEM`, part: 'caFile' };
}

type Read = { readonly text: string } | { readonly problem: string };

async function readSecret(reference: SecretReference, environment: Environment): Promise<Read> {
  if ('env' in reference) {
    const text = (environment[reference.env] ?? '').trim();
    return text === '' ? { problem: `the variable \`${reference.env}\` is not set` } : { text };
  }
  const read = await readText(reference.file);
  if ('problem' in read) return read;
  const text = read.text.trim();
  return text === '' ? { problem: `\`${reference.file}\` is empty` } : { text };
}

async function readText(path: string): Promise<Read> {
  try {
    return { text: await readFile(path, 'utf8') };
  } catch (error) {
    const reason = errorCodeOf(error) ?? 'an error';
    return { problem: `\`${path}\` cannot be read: the system answers ${reason}` };
  }
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
