/**
 * What readiness is made of, in the order in which it is shown. Closed and append-only: the names are labels of
 * metrics and lines of `/readyz?verbose`.
 */
export const READINESS_CHECKS = [
  'bundle',
  'listeners',
  'shutdown',
  'staleness',
  'sources',
  'certificates',
  'log',
  'audit',
] as const;

/** What liveness is made of. Only what a restart can mend belongs here. */
export const LIVENESS_CHECKS = ['event_loop', 'decisions'] as const;

/** The name of a check. */
export type CheckName = (typeof READINESS_CHECKS)[number] | (typeof LIVENESS_CHECKS)[number];

/** How a check can end: degraded is wrong and must be seen to, but takes nobody out of service. */
export const CHECK_STATES = ['ok', 'degraded', 'failed'] as const;

/** How a check ended. */
export type CheckState = (typeof CHECK_STATES)[number];

/** One check, made from state at the instant of asking. A reason is one line and names no path, tenant or content. */
export type HealthCheck =
  | { readonly name: CheckName; readonly state: 'ok' }
  | { readonly name: CheckName; readonly state: 'degraded' | 'failed'; readonly reason: string };

/** Makes all checks anew; nothing is kept between two calls. */
export type ReadHealth = () => readonly HealthCheck[];

/** The checks as one: the worst of them. */
export function worstState(checks: readonly HealthCheck[]): CheckState {
  const rank = (state: CheckState): number => CHECK_STATES.indexOf(state);
  return checks.reduce<CheckState>(
    (worst, { state }) => (rank(state) > rank(worst) ? state : worst),
    'ok',
  );
}
