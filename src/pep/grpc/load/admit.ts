import type { ConnectionLoad, LoadGuard } from './load-guard';
import { SHED } from './refusals';
import type { ReadyRefusal } from './refusals';

/** Counts a call or stream as taken, or refuses it because of load. */
export function admit(
  guard: LoadGuard,
  load: ConnectionLoad,
  isUnary: boolean,
): ReadyRefusal | undefined {
  const reason = isUnary ? guard.admitCall(load) : guard.admitStream(load);
  return reason && SHED[reason];
}
