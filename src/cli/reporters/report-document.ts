import { instantText } from '../../service/json-values';
import type { AuditSummary, ReliedClaim } from '../../service/report/audit-report';
import { TRAIL_CODES } from '../../service/trail/trail-codes';
import type { TrailReport } from '../../service/trail/verify-trail';
import type { Window } from '../../service/window';
import { topJson } from './top-json';
import { isProven, sealedTo } from './trail-report';

/** What a trail says, of whom and when, and how far it is proven. */
export interface AuditReport {
  readonly directory: string;
  readonly window: Window;
  readonly tenant?: string;
  /** Undefined: nobody looked. */
  readonly proof: TrailReport | undefined;
  readonly summary: AuditSummary;
}

/** Lines that are none, or that say nothing that is known. */
export function unreadableIn({ unreadable }: AuditSummary): number {
  return Object.values(unreadable).reduce((sum, each) => sum + each, 0);
}

/** The report for programs; docs/report.md has its names. */
export function reportDocument({ directory, proof, summary, ...asked }: AuditReport): unknown {
  const { outcomes, withdrawn, withdrawnBeyond, unproven } = summary;
  const { withheld, abridged, notReplayable } = summary;
  const { overTime, unreadable } = summary;
  return {
    apiVersion: 'ambit/v1',
    kind: 'AuditReport',
    directory,
    period: periodOf(asked.window, summary),
    ...(asked.tenant === undefined ? {} : { tenant: asked.tenant }),
    proof: proofOf(proof),
    ...{ ...outcomes, withdrawn, withdrawnBeyond },
    ...(proof === undefined ? {} : { unproven }),
    ...{ withheld, abridged, notReplayable },
    overTime: overTime.map(({ from, to, counts }) => ({ from, to, ...counts })),
    ...listsOf(summary),
    unreadable,
  };
}

function listsOf(summary: AuditSummary): object {
  const { claims, folded, gaps } = summary;
  return {
    tenants: topJson(summary.tenants, (tenant) => (tenant === undefined ? {} : { tenant })),
    providers: topJson(summary.providers, (provider) => ({ provider })),
    blocks: topJson(summary.blocks, (block) => block),
    rules: topJson(summary.rules, (rule) => rule),
    claims: { states: claims.states, ...topJson(claims, claimEntry) },
    bundles: topJson(summary.bundles, (bundle) => bundle),
    folded: { count: folded.count, ...topJson(folded, (key) => key) },
    gaps: { count: gaps.count, unknown: gaps.unknown, ...topJson(gaps, (reason) => ({ reason })) },
    events: topJson(summary.events, (event) => event),
  };
}

function claimEntry({ claim, state }: ReliedClaim): object {
  return { ...claim, state };
}

function periodOf({ fromMs, toMs }: Window, { first, last }: AuditSummary): object {
  return {
    ...(fromMs === undefined ? {} : { from: instantText(fromMs) }),
    ...(toMs === undefined ? {} : { to: instantText(toMs) }),
    ...(first === undefined ? {} : { first, last }),
  };
}

function proofOf(proof: TrailReport | undefined): object {
  if (proof === undefined) return { checked: false };
  const { last, unsealed, removed, segments, findings, head } = proof;
  return {
    checked: true,
    proven: isProven(proof),
    ...{ sealedTo: sealedTo(proof), last: last ?? null, head, unsealedLines: unsealed },
    ...{ segments, removedSegments: removed, findingCount: findings.count },
    findings: findings.kept.map((each) => ({ ...each, message: TRAIL_CODES[each.code] })),
  };
}
