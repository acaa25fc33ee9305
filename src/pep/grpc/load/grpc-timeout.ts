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

/** The time that a caller gives, in milliseconds; undefined where it names none, or none that can be read. */
export function readTimeoutMs(header: string | readonly string[] | undefined): number | undefined {
  if (typeof header !== 'string') return undefined;
  const unitMs = UNIT_MS[header.slice(-1)];
  const count = header.slice(0, -1);
  return unitMs === undefined || !COUNT.test(count) ? undefined : Number(count) * unitMs;
}
