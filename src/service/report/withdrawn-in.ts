import { contentOf } from '../evidence/trail-content';
import type { TrailEntry } from '../trail/read-trail';

/** The ids of all decisions of a trail that nobody was answered with, of whatever time: a decision is of an earlier one. */
export async function withdrawnIn(
  entries: AsyncIterable<TrailEntry>,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const entry of entries) {
    const content = contentOf(entry);
    if (content.kind !== 'withdrawn') continue;
    for (const each of content.withdrawn.decisions) ids.add(each);
  }
  return ids;
}
