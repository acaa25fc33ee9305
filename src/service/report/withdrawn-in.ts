import { contentOf } from '../evidence/trail-content';
import type { TrailEntry } from '../trail/read-trail';
import { isBehindProof } from './behind-proof';

/** Ids that are held at once, and their UTF-16 units: about 100 MB. Ambit's own have 36 units. */
const MAX_HELD = 1_000_000;
const MAX_UNITS = 36 * MAX_HELD;

/** Which decisions of a trail nobody was answered with. */
export interface WithdrawnDecisions {
  /** `isSigned`: the decision is proven. Then what withdraws it must be, too: anybody can write lines behind the proof. */
  covers(decisionId: string, isSigned: boolean): boolean;
  /** Withdrawals that could not be held, whose decisions count as if they had been answered. */
  readonly beyond: number;
}

/** All decisions of a trail that nobody was answered with, of whatever time: a decision is of an earlier one. */
export async function withdrawnIn(
  entries: AsyncIterable<TrailEntry>,
  provenTo?: string,
  maxHeld = MAX_HELD,
): Promise<WithdrawnDecisions> {
  /** By id, whether a withdrawal of it is proven. */
  const held = new Map<string, boolean>();
  let [units, beyond] = [0, 0];
  const hold = (id: string, isSigned: boolean): void => {
    const known = held.get(id);
    if (known === undefined && (held.size >= maxHeld || units + id.length > MAX_UNITS)) beyond += 1;
    else {
      units += known === undefined ? id.length : 0;
      held.set(id, isSigned || known === true);
    }
  };
  for await (const entry of entries) {
    const content = contentOf(entry);
    if (content.kind !== 'withdrawn') continue;
    for (const each of content.withdrawn.decisions) hold(each, !isBehindProof(entry, provenTo));
  }
  const covers = (id: string, isSigned: boolean): boolean =>
    isSigned ? held.get(id) === true : held.has(id);
  return { covers, beyond };
}
