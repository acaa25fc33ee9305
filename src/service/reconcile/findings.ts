import type { LinePlace } from '../../ports/log-lines';

/** How bad it is: `info` leaves the result clean. */
export type ReconcileLevel = 'error' | 'warning' | 'info';

/** Everything that can be found, with its level, the worst first. Append-only; docs/reconcile.md has a row for each. */
export const RECONCILE_CODES = {
  ineligible_target: 'error',
  attempt_after_block: 'error',
  no_decision: 'error',
  malformed_decision_id: 'error',
  unknown_decision: 'error',
  decision_of_listing: 'error',
  decision_reused: 'error',
  conflicting_decisions: 'error',
  metadata_disagrees: 'error',
  decision_not_given: 'warning',
  disputed_decision: 'warning',
  out_of_order: 'warning',
  attempt_not_logged: 'warning',
  tried_again: 'info',
  no_attempt: 'info',
} as const satisfies Readonly<Record<string, ReconcileLevel>>;

/** What was found. */
export type ReconcileCode = keyof typeof RECONCILE_CODES;

/** Something that decisions and log lines do not agree in, at the line that shows it. */
export interface ReconcileFinding {
  readonly code: ReconcileCode;
  readonly place: LinePlace;
  /** A sentence without its place. */
  readonly message: string;
  /** Empty: there is none. */
  readonly decisionId: string;
  /** Envoy's name of the request; empty where there is none. */
  readonly requestId: string;
  /** Where the decision is recorded. */
  readonly decisionPlace?: LinePlace;
}

/** Findings of one code that are kept, so that a log full of them neither fills memory nor hides those of others. */
export const MAX_KEPT_FINDINGS = 1000;

/** Takes findings and counts all of them. */
export interface FindingBook {
  add(finding: ReconcileFinding): void;
  count(code: ReconcileCode): number;
  /** Those that are kept: by code in the order of `RECONCILE_CODES`, then as they came. */
  kept(): readonly ReconcileFinding[];
}

/** All codes, the worst first. */
export const CODES = Object.keys(RECONCILE_CODES) as readonly ReconcileCode[];

/** Creates a book without findings. */
export function createFindingBook(): FindingBook {
  const pages = new Map(CODES.map((code) => [code, { count: 0, kept: [] as ReconcileFinding[] }]));
  return {
    add: (finding) => {
      const page = pages.get(finding.code);
      if (page === undefined) throw new Error(`no page for ${finding.code}`);
      page.count += 1;
      if (page.kept.length < MAX_KEPT_FINDINGS) page.kept.push(finding);
    },
    count: (code) => pages.get(code)?.count ?? 0,
    kept: () => [...pages.values()].flatMap(({ kept }) => kept),
  };
}
