import { canonicalId } from '../../core/policy/identifier';
import { gapSize } from '../evidence/gap-size';
import { CONTENT_PROBLEMS, contentOf, type TrailFact } from '../evidence/trail-content';
import type { ContentProblem } from '../evidence/trail-content';
import type { RecordedDecision } from '../evidence/recorded-decision';
import type { TrailEntry } from '../trail/read-trail';
import { isWithin, type Window } from '../window';
import type { AuditSummary, Outcomes } from './audit-report';
import { claimsAt } from './claims-at';
import { countDecision } from './count-decision';
import { createSummaryGroups, type SummaryGroups } from './summary-groups';
import { isBehindProof } from './behind-proof';
import type { WithdrawnDecisions } from './withdrawn-in';
import { createTimeline, type Timeline } from './timeline';

/** What is summed up. */
export interface SummaryParts {
  readonly entries: AsyncIterable<TrailEntry>;
  /** What is told of other times is left out; what has no instant that can be read never is. */
  readonly window: Window;
  /** Only the decisions and events of this tenant; absent: of all. */
  readonly tenant?: string;
  /** The last file that is proven; empty: none is; absent: nobody has looked. */
  readonly provenTo?: string;
  /** Decisions that nobody was answered with; they are counted apart, and under nothing else. */
  readonly withdrawn: WithdrawnDecisions;
}

/** Entries of a list that are named; the others are counted. */
const MAX_LISTED = 100;

/** What one line is summed up with. */
interface LineParts extends Omit<SummaryParts, 'entries'> {
  /** True: the line is not proven, and others are. */
  readonly isBehind: boolean;
}

interface Sums {
  readonly groups: SummaryGroups;
  readonly timeline: Timeline;
  readonly outcomes: Record<keyof Outcomes, number>;
  readonly unreadable: Record<ContentProblem, number>;
  readonly totals: Record<
    | 'withdrawn'
    | 'unproven'
    | 'withheld'
    | 'abridged'
    | 'notReplayable'
    | 'folded'
    | 'gaps'
    | 'gapsUnknown',
    number
  >;
  span: { readonly first: string; readonly last: string } | undefined;
}

/** Sums up a trail in bounded memory, however long it is. */
export async function summarize(parts: SummaryParts): Promise<AuditSummary> {
  const sums = createSums();
  for await (const entry of parts.entries) {
    const content = contentOf(entry);
    if (content.kind === 'unreadable') sums.unreadable[content.code] += 1;
    if (!('atMs' in content) || !isWithin(content.atMs, parts.window)) continue;
    addFact(sums, content, { ...parts, isBehind: isBehindProof(entry, parts.provenTo) });
  }
  return conclude(sums, parts);
}

function createSums(): Sums {
  const codes = Object.keys(CONTENT_PROBLEMS) as readonly ContentProblem[];
  return {
    groups: createSummaryGroups(),
    timeline: createTimeline(),
    outcomes: { decisions: 0, allow: 0, warn: 0, block: 0 },
    unreadable: Object.fromEntries(codes.map((code) => [code, 0])) as Sums['unreadable'],
    totals: {
      ...{ withdrawn: 0, unproven: 0, withheld: 0, abridged: 0, notReplayable: 0 },
      ...{ folded: 0, gaps: 0, gapsUnknown: 0 },
    },
    span: undefined,
  };
}

function isOf({ tenant }: LineParts, { request }: RecordedDecision): boolean {
  return tenant === undefined || isSame(tenant, request.tenant);
}

function isSame(tenant: string, other: string | undefined): boolean {
  return other !== undefined && canonicalId(other) === canonicalId(tenant);
}

function addFact(sums: Sums, fact: TrailFact, parts: LineParts): void {
  switch (fact.kind) {
    case 'decision':
      addDecision(sums, fact, parts);
      break;
    case 'folded':
      addFolded(sums, fact, parts);
      break;
    case 'gap':
      addGap(sums, fact);
      break;
    case 'event':
      addEvent(sums, fact, parts);
      break;
    case 'withdrawn':
      // Known before: a decision stands in front of what withdraws it.
      break;
  }
}

function addDecision(
  sums: Sums,
  { record, atMs }: Extract<TrailFact, { readonly kind: 'decision' }>,
  parts: LineParts,
): void {
  if (!isOf(parts, record)) return;
  const { withdrawn, isBehind } = parts;
  if (isBehind) sums.totals.unproven += 1;
  if (withdrawn.covers(record.decisionId, !isBehind)) sums.totals.withdrawn += 1;
  else countAnswered(sums, record, atMs);
}

function countAnswered(sums: Sums, record: RecordedDecision, atMs: number): void {
  const { outcomes, totals, span } = sums;
  const { at, outcome, withheld = [], abridged, replayable } = record;
  outcomes.decisions += 1;
  outcomes[outcome] += 1;
  if (withheld.length > 0) totals.withheld += 1;
  if (abridged !== undefined) totals.abridged += 1;
  if (!replayable) totals.notReplayable += 1;
  const { first, last } = span ?? { first: at, last: at };
  sums.span = { first: at < first ? at : first, last: at > last ? at : last };
  sums.timeline.add(atMs, outcome);
  countDecision(sums.groups, record);
}

/** A folded block names no tenant, so that what it names may be another one's. */
function addFolded(
  { groups, totals }: Sums,
  { folded }: Extract<TrailFact, { readonly kind: 'folded' }>,
  { tenant }: LineParts,
): void {
  const { caller, policy, code, count } = folded;
  const key = tenant === undefined ? { caller, policy, code } : { caller: '', policy: '', code };
  groups.folded.of(JSON.stringify(key), () => key).counts.count += count;
  totals.folded += count;
}

function addGap(
  { groups, totals }: Sums,
  { counts }: Extract<TrailFact, { readonly kind: 'gap' }>,
): void {
  for (const [reason, count] of Object.entries(counts)) {
    const sums = groups.gaps.of(reason, () => reason).counts;
    sums.count += count ?? 0;
    sums.unknown += count === null ? 1 : 0;
  }
  const { counted, uncounted } = gapSize(counts);
  totals.gaps += counted;
  totals.gapsUnknown += uncounted;
}

function addEvent(
  { groups }: Sums,
  { event }: Extract<TrailFact, { readonly kind: 'event' }>,
  { tenant }: LineParts,
): void {
  const { metadata, severity, count = 1 } = event;
  if (tenant !== undefined && !isSame(tenant, metadata.tenant_uid ?? tenant)) return;
  const key = { kind: metadata.event_code, severity };
  groups.events.of(JSON.stringify(key), () => key).counts.count += count;
}

function conclude(sums: Sums, { window, withdrawn }: SummaryParts): AuditSummary {
  const { groups, totals, span, outcomes, unreadable } = sums;
  const { folded, gaps, gapsUnknown, ...counted } = totals;
  const endMs = window.toMs ?? Date.parse(span?.last ?? '');
  return {
    ...(span ?? {}),
    ...counted,
    withdrawnBeyond: withdrawn.beyond,
    ...{ outcomes, unreadable, overTime: sums.timeline.slices() },
    tenants: groups.tenants.top(MAX_LISTED),
    providers: groups.providers.top(MAX_LISTED),
    blocks: groups.blocks.top(MAX_LISTED),
    rules: groups.rules.top(MAX_LISTED),
    claims: claimsAt(groups.claims, endMs, MAX_LISTED),
    bundles: groups.bundles.top(MAX_LISTED),
    folded: { ...groups.folded.top(MAX_LISTED), count: folded },
    gaps: { ...groups.gaps.top(MAX_LISTED), count: gaps, unknown: gapsUnknown },
    events: groups.events.top(MAX_LISTED),
  };
}
