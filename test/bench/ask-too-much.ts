import { join } from 'node:path';

import type { OverloadOrder, OverloadResult } from './overload-client';
import { runClient } from './processes';

const OVERLOAD_CLIENT = join(__dirname, 'overload-client.js');

/** Connections of the clients that ask for too much. */
export const CONNECTIONS = 8;

/** Part of the capacity that is asked for after the overload. */
const QUIET = 0.5;

/** Sends at a fixed rate, whether answers come or not. */
export function askAtRate(order: OverloadOrder): Promise<OverloadResult> {
  return runClient<OverloadResult>(OVERLOAD_CLIENT, order);
}

/** Twice the capacity, then half of it, which tells when all is answered again; as cells of a table, with their names. */
export async function askTooMuch(
  order: Omit<OverloadOrder, 'callsPerSecond' | 'connections'>,
  capacity: number,
): Promise<readonly (readonly [name: string, value: string])[]> {
  const ask = (share: number): Promise<OverloadResult> =>
    askAtRate({ ...order, connections: CONNECTIONS, callsPerSecond: capacity * share });
  const during = await ask(2);
  const after = await ask(QUIET);
  const goodput = during.answered / (order.forMs / 1000) / capacity;
  return [
    ['capacity, calls a second', capacity.toFixed(0)],
    ['answered of it at twice the calls', percent(goodput)],
    ['answered, p50 and p99 ms', `${ms(during.answeredP50Ms)}, ${ms(during.answeredP99Ms)}`],
    ['refused, p99 ms', ms(during.refusedP99Ms)],
    ['neither in a second', percent(during.late / during.sent)],
    ['last one not answered after it, ms', after.lastBadMs.toFixed(0)],
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** JSON has no number for the quantile of nothing. */
function ms(value: number | null): string {
  return value === null ? '-' : value.toFixed(1);
}
