import { readIfThere } from '../../platform/durable-file';
import { errorCodeOf } from '../../platform/error-code';

/** What opening a link, or a socket, gives instead of a file; what is found to be none later has no code. */
const NO_FILE: readonly (string | undefined)[] = ['ELOOP', 'ENXIO', undefined];

/**
 * The text of a file that says who holds, or takes, a directory; undefined where there is none. A link, a pipe, a device
 * or something huge was put there by somebody else: it reads as an empty text, which names no holder.
 */
export async function readLock(path: string): Promise<string | undefined> {
  try {
    return await readIfThere(path);
  } catch (error) {
    if (NO_FILE.includes(errorCodeOf(error))) return '';
    throw error;
  }
}
