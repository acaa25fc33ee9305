import type { RecordedDecision } from '../evidence/recorded-decision';
import { contentOf } from '../evidence/trail-content';
import type { TrailEntry } from '../trail/read-trail';
import { isWithin, type Window } from '../window';
import type { FindBundle } from './bundle-shelf';
import { replayDecision, type Fate } from './replay-decision';
import type { ReplayReport } from './replay-report';
import { createReplayTally, type ReplayTally } from './replay-tally';

/** What is replayed, and with what. */
export interface ReplayParts {
  readonly entries: AsyncIterable<TrailEntry>;
  readonly findBundle: FindBundle;
  /** What is told of other times is left out; what has no instant that can be read never is. */
  readonly window: Window;
}

/** Decides every record of a trail again, with the bundle that it names, at its own instant. */
export async function replayTrail(parts: ReplayParts): Promise<ReplayReport> {
  const tally = createReplayTally();
  for await (const entry of parts.entries) {
    const content = contentOf(entry);
    if ('atMs' in content && !isWithin(content.atMs, parts.window)) continue;
    if (content.kind !== 'decision') tally.other(content, entry.place);
    else {
      const fate = await replayDecision(content.record, parts.findBundle);
      count(tally, fate, { entry, record: content.record });
    }
  }
  return tally.report();
}

interface Placed {
  readonly entry: TrailEntry;
  readonly record: RecordedDecision;
}

function count(tally: ReplayTally, fate: Fate, { entry, record: { decisionId } }: Placed): void {
  const { place } = entry;
  const sequence = 'line' in entry ? entry.line.sequence : 0;
  tally.decision();
  switch (fate.kind) {
    case 'replayed':
      tally.replayed(fate.parts.length === 0);
      if (fate.parts.length > 0) {
        tally.add({ code: 'differs', place, sequence, decisionId, parts: fate.parts });
      }
      break;
    case 'unexplained':
      tally.add({ code: 'unexplained', place, sequence, decisionId });
      break;
    case 'skipped':
      tally.skip(fate.why);
      break;
    case 'no bundle':
      countMissing(tally, fate, entry);
  }
}

function countMissing(
  tally: ReplayTally,
  { digest, problem }: Extract<Fate, { kind: 'no bundle' }>,
  { place }: TrailEntry,
): void {
  if (problem === 'unknown') {
    tally.unknown(digest);
    return;
  }
  tally.skip('unusable_bundle');
  tally.add({ code: 'unusable_bundle', place, digest, problem });
}
