/** Milliseconds of each unit of a `grpc-timeout` header (gRPC over HTTP/2). */
const UNIT_MS: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1000,
  m: 1,
  u: 1e-3,
  n: 1e-6,
};

/** What stands before the unit. */
const COUNT = /^\d{1,8}$/;

/**
 * The longest time that the gRPC library can count, some 24 days, as it is written: it takes a longer one for none at
 * all, since its milliseconds are numbers of 32 bits.
 */
export const LONGEST_TIMEOUT = { header: '2147483S', milliseconds: 2_147_483_000 } as const;

/** The time that a caller gives, in milliseconds; undefined where it cannot be read. */
export function readTimeoutMs(header: string | readonly string[]): number | undefined {
  if (typeof header !== 'string') return undefined;
  const unitMs = UNIT_MS[header.slice(-1)];
  const count = header.slice(0, -1);
  return unitMs === undefined || !COUNT.test(count) ? undefined : Number(count) * unitMs;
}
