import type { Bundle, StatementTable } from '../core/engine/bundle';
import type { ExpiringClaims } from '../ports/telemetry';

const MS_PER_DAY = 86_400_000;

/** When the claims of a bundle end, ascending; kept beside it, because it is asked for at each scrape. */
const ENDS = new WeakMap<Bundle, readonly number[]>();

/** Counts the claims of a bundle that end soon. */
export function readExpiringClaims(bundle: Bundle, nowMs: number): ExpiringClaims {
  const known = ENDS.get(bundle);
  const ends = known ?? endsOf(bundle);
  if (known === undefined) ENDS.set(bundle, ends);
  const within = (days: number): number =>
    ends.filter((endMs) => endMs > nowMs && endMs <= nowMs + days * MS_PER_DAY).length;
  return { within7Days: within(7), within30Days: within(30) };
}

function endsOf({ catalog }: Bundle): readonly number[] {
  const { providerTables, endpointTables, credentialTables, targets } = catalog;
  const tables: readonly StatementTable[] = [
    ...providerTables.values(),
    ...endpointTables.values(),
    ...credentialTables.values(),
    ...targets.flatMap(({ targetTable, credentialTable }) => [targetTable, credentialTable]),
  ];
  return tables.flatMap((table) =>
    [...table.values()].flatMap((statements) =>
      statements.flatMap(({ claim }) => claim.expiresAtMs ?? []),
    ),
  );
}
