import { readdirSync, readFileSync } from 'node:fs';

const NANOSECONDS_PER_MICROSECOND = 1000;

/**
 * Microseconds that all threads of a process have been on a CPU so far, by the kernel's own account
 * (`/proc/PID/task/TID/schedstat`). Linux only.
 */
export function cpuMicrosecondsOf(pid: number): number {
  const folder = `/proc/${String(pid)}/task`;
  const nanoseconds = readdirSync(folder).map((thread) =>
    Number(readFileSync(`${folder}/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanoseconds.reduce((sum, each) => sum + each, 0) / NANOSECONDS_PER_MICROSECOND;
}

/** Resident memory of a process in MiB. Linux only. */
export function residentMibOf(pid: number): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? NaN) / 1024;
}
