import type { Bundle } from '../../core/engine/bundle';
import type { LinePlace } from '../../ports/log-lines';
import type { Window } from '../reconcile/reconciliation';
import { isServiceCode } from '../refusals';
import type { TrailEntry } from '../trail/read-trail';
import type { FindBundle, ShelvedBundle } from './bundle-shelf';
import { createGroups } from './groups';
import type { RecordedDecision } from './recorded-decision';
import { replayRecord } from './replay-record';
import type { NotReplayed, ReplayFinding, ReplayReport } from './replay-report';
import { contentOf, type TrailContent } from './trail-content';
import { isWithin } from './within';

/** Findings that are kept; the rest is counted. */
const MAX_KEPT_FINDINGS = 1000;

/** Bundles that are not there, and are told one by one. */
const MAX_TOLD_BUNDLES = 20;

/** What is replayed, and with what. */
export interface ReplayParts {
  readonly entries: AsyncIterable<TrailEntry>;
  readonly findBundle: FindBundle;
  /** Records before and after it are left out; what has no instant that can be read never is. */
  readonly window: Window;
}

/** Decides every record of a trail again, with the bundle that it names, at its own instant. */
export async function replayTrail({
  entries,
  findBundle,
  window,
}: ReplayParts): Promise<ReplayReport> {
  const replay = createReplay();
  for await (const entry of entries) {
    const content = contentOf(entry);
    if (!isWithin(window, content)) continue;
    if (content.kind !== 'decision') replay.note(content, entry.place);
    else await replayDecision(replay, { entry, record: content.record }, findBundle);
  }
  return replay.report();
}

interface Replay {
  note(content: TrailContent, place: LinePlace): void;
  decision(): void;
  skip(why: NotReplayed): void;
  unknown(digest: string): void;
  unusable(digest: string, problem: Extract<ReplayFinding, { code: 'unusable_bundle' }>): void;
  replayed(isSame: boolean): void;
  add(finding: ReplayFinding): void;
  report(): ReplayReport;
}

function createReplay(): Replay {
  const counts = { decisions: 0, replayed: 0, differing: 0, folded: 0, missing: 0 };
  const notReplayed: Record<NotReplayed, number> = {
    ...{ service_refusal: 0, no_bundle: 0, withheld: 0, unknown_bundle: 0, unusable_bundle: 0 },
  };
  const unknown = createGroups<string, 'decisions'>(['decisions']);
  const told = new Set<string>();
  const kept: ReplayFinding[] = [];
  let count = 0;
  const add = (finding: ReplayFinding): void => {
    count += 1;
    if (kept.length < MAX_KEPT_FINDINGS) kept.push(finding);
  };
  return {
    add,
    note: (content, place) => {
      if (content.kind === 'folded') counts.folded += content.folded.count;
      if (content.kind === 'gap') counts.missing += sumOf(content.counts);
      if (content.kind === 'unreadable') add({ code: content.code, place });
    },
    decision: () => {
      counts.decisions += 1;
    },
    skip: (why) => {
      notReplayed[why] += 1;
    },
    unknown: (digest) => {
      unknown.of(digest, () => digest).counts.decisions += 1;
    },
    unusable: (digest, finding) => {
      if (!told.has(digest)) add(finding);
      told.add(digest);
    },
    replayed: (isSame) => {
      counts.replayed += 1;
      if (!isSame) counts.differing += 1;
    },
    report: () => ({
      ...counts,
      notReplayed,
      unknownBundles: unknown.top(MAX_TOLD_BUNDLES),
      findings: { kept, count },
    }),
  };
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, each) => sum + each, 0);
}
