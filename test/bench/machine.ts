import { availableParallelism, cpus, loadavg } from 'node:os';

/** One line about the machine as it is now; a load well above zero makes every number larger and less certain. */
export function describeMachine(): string {
  const model = cpus()[0]?.model ?? 'unknown CPU';
  const [load = NaN] = loadavg();
  const parts = [
    new Date().toISOString().slice(0, 16),
    `Node ${process.version}`,
    `${String(availableParallelism())} x ${model}`,
    `load ${load.toFixed(1)}`,
  ];
  return parts.join(', ');
}
