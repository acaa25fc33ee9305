import type { LinePlace } from '../../ports/log-lines';
import { gapSize } from '../evidence/gap-size';
import type { TrailContent } from '../evidence/trail-content';
import { createGroups } from '../groups';
import type { NotReplayed, ReplayFinding, ReplayReport } from './replay-report';

/** Findings that are kept; the rest is counted. */
const MAX_KEPT_FINDINGS = 1000;

/** Bundles that are not there, and are told one by one. */
const MAX_TOLD_BUNDLES = 20;

/** Counts what becomes of records. */
export interface ReplayTally {
  /** Something else than a decision. */
  other(content: TrailContent, place: LinePlace): void;
  /** One more decision, whatever becomes of it. */
  decision(): void;
  replayed(isSame: boolean): void;
  skip(why: NotReplayed): void;
  /** A decision whose bundle is not there. */
  unknown(digest: string): void;
  add(finding: ReplayFinding): void;
  report(): ReplayReport;
}

/** Creates a tally of nothing. */
export function createReplayTally(): ReplayTally {
  const counts = {
    ...{ decisions: 0, replayed: 0, differing: 0, folded: 0, withdrawn: 0 },
    ...{ missing: 0, missingUnknown: 0 },
  };
  const notReplayed: Record<NotReplayed, number> = {
    ...{ service_refusal: 0, no_bundle: 0, withheld: 0, unknown_bundle: 0, unusable_bundle: 0 },
  };
  const unknown = createGroups<string, 'decisions'>(['decisions']);
  const findings = createFindings();
  return {
    add: findings.add,
    other: (content, place) => {
      if (content.kind === 'folded') counts.folded += content.folded.count;
      if (content.kind === 'withdrawn') counts.withdrawn += content.withdrawn.decisions.length;
      if (content.kind === 'gap') {
        const { counted, uncounted } = gapSize(content.counts);
        counts.missing += counted;
        counts.missingUnknown += uncounted;
      }
      if (content.kind === 'unreadable') findings.add({ code: content.code, place });
    },
    decision: () => {
      counts.decisions += 1;
    },
    replayed: (isSame) => {
      counts.replayed += 1;
      if (!isSame) counts.differing += 1;
    },
    skip: (why) => {
      notReplayed[why] += 1;
    },
    unknown: (digest) => {
      notReplayed.unknown_bundle += 1;
      unknown.of(digest, () => digest).counts.decisions += 1;
    },
    report: () => ({
      ...counts,
      notReplayed,
      unknownBundles: unknown.top(MAX_TOLD_BUNDLES),
      findings: findings.all(),
    }),
  };
}

/** Keeps the first findings. A bundle that is of no use is told once. */
function createFindings(): {
  readonly add: (finding: ReplayFinding) => void;
  readonly all: () => ReplayReport['findings'];
} {
  const told = new Set<string>();
  const kept: ReplayFinding[] = [];
  let count = 0;
  return {
    add: (finding) => {
      if (finding.code === 'unusable_bundle') {
        if (told.has(finding.digest)) return;
        told.add(finding.digest);
      }
      count += 1;
      if (kept.length < MAX_KEPT_FINDINGS) kept.push(finding);
    },
    all: () => ({ kept, count }),
  };
}
