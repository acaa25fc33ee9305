import { stat } from 'node:fs/promises';

import type { SecretReference } from '../ports/secret-reference';

/** What users who are neither the owner nor of the group may do with a file. */
const OTHERS = 0o007;

const PERMISSIONS = 0o777;

/** The file of a secret that is not kept to its owner and group. */
export interface ExposedSecret {
  readonly file: string;
  /** Its permissions in octal, such as `0644`. */
  readonly mode: string;
  /** What to do about it. */
  readonly help: string;
}

/** Looks at who may open the file of a secret; undefined: owner and group at most, or nothing can be said of it. */
export async function exposureOf(reference: SecretReference): Promise<ExposedSecret | undefined> {
  if (!('file' in reference)) return undefined;
  const { file } = reference;
  // What cannot be looked at cannot be read either, and whoever reads it says so.
  const stated = await stat(file).catch(() => undefined);
  if (stated?.isFile() !== true || (stated.mode & OTHERS) === 0) return undefined;
  const mode = `0${(stated.mode & PERMISSIONS).toString(8).padStart(3, '0')}`;
  return { file, mode, help: helpFor(file) };
}

/** Kubernetes gives the files of secrets to everyone unless the volume says otherwise. */
function helpFor(file: string): string {
  return `\`chmod 640 ${file}\`; in Kubernetes, \`defaultMode: 0440\` for the volume and \`fsGroup\` for the Pod`;
}
