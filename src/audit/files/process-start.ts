import { readFile } from 'node:fs/promises';

/** Where the start stands behind the name, which may hold anything, of the process: field 22 of all. */
const START_FIELD = 19;

/** States of a process that has ended, and of which only its number is left. */
const ENDED_STATES: readonly (string | undefined)[] = ['Z', 'X', 'x'];

/**
 * Names the kernel that runs here and this run of it: the same in all containers of one machine, and another one after
 * each start. Empty where nobody tells, as on systems without /proc.
 */
export async function bootId(): Promise<string> {
  try {
    return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  } catch {
    return '';
  }
}

/**
 * When a process began, so that another one that got its number later is not taken for it; empty where nobody tells,
 * as on systems without /proc, and for a process that has ended.
 */
export async function startOf(pid: number): Promise<string> {
  const boot = await bootId();
  const text = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const start = fields[START_FIELD];
  if (boot === '' || start === undefined || ENDED_STATES.includes(fields[0])) return '';
  return `${boot} ${start}`;
}
