import { readFile } from 'node:fs/promises';

/** Where the start stands behind the name, which may hold anything, of the process: field 22 of all. */
const START_FIELD = 19;

/**
 * When a process began, so that another one that got its number later is not taken for it; empty where nobody tells,
 * as on systems without /proc.
 */
export async function startOf(pid: number): Promise<string> {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const text = await readFile(`/proc/${String(pid)}/stat`, 'utf8');
    const start = text.slice(text.lastIndexOf(')') + 2).split(' ')[START_FIELD];
    return start === undefined ? '' : `${boot.trim()} ${start}`;
  } catch {
    return '';
  }
}
