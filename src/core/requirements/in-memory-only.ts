import { wantedValue } from './wanted-value';

/** Requests are held in memory only and never written to a disk. */
export const inMemoryOnly = wantedValue('require_in_memory_only', 'in_memory_only', true);
