import type { SecurityEvent } from '../../ports/security-events';
import { gapSize } from '../evidence/gap-size';
import { contentOf, type TrailContent } from '../evidence/trail-content';
import type { TrailEntry } from '../trail/read-trail';
import { WITHDRAWN_BECAUSE } from '../evidence/withdrawn';
import { bounded } from './bounded';
import { decisionEvents } from './decision-events';
import { foldedEvent } from './folded-event';
import { makeEvent } from './make-event';
import { trailDamaged } from './service-events';

/** Decisions that an event names. */
const MAX_NAMED = 50;

/** The events of a line, or `unknown`: it holds something that this version does not know. */
export type EntryEvents = readonly SecurityEvent[] | 'unknown';

/** Makes the events of a trail's lines, which it is given in their order. The same lines make the same events. */
export function createEventReader(): (entry: TrailEntry) => EntryEvents {
  // What cannot be read has no instant, and was not written before what stands before it.
  let lastMs = 0;
  return (entry) => {
    if ('problem' in entry) return [damageOf(entry, lastMs)];
    const content = contentOf(entry);
    if ('atMs' in content) lastMs = content.atMs;
    return eventsOf(content, entry);
  };
}

function damageOf(
  { place, problem }: Extract<TrailEntry, { readonly problem: string }>,
  timeMs: number,
): SecurityEvent {
  const { file, line } = place;
  const uid = `${file}:${String(line)}:${problem}:trail_damaged`;
  return trailDamaged({ code: problem, file, line, sequence: 0 }, { uid, timeMs });
}

type ReadEntry = Extract<TrailEntry, { readonly line: unknown }>;

function eventsOf(content: TrailContent, { line }: ReadEntry): EntryEvents {
  switch (content.kind) {
    case 'decision':
      return decisionEvents(content.record);
    case 'folded':
      return [foldedEvent(content.folded, line.hash)];
    case 'withdrawn':
      return [withdrawnEvent(content, line)];
    case 'event':
      return [content.event];
    case 'gap':
      return [gapEvent(content, line)];
    case 'other':
      return [];
    case 'unreadable':
      return 'unknown';
  }
}

function withdrawnEvent(
  { withdrawn, atMs: timeMs }: Extract<TrailContent, { readonly kind: 'withdrawn' }>,
  { hash, sequence }: ReadEntry['line'],
): SecurityEvent {
  const { why, decisions } = withdrawn;
  const { shown, ...rest } = bounded(decisions, MAX_NAMED);
  const event = makeEvent({
    ...{ kind: 'answers_withdrawn', uid: `${hash}:answers_withdrawn`, timeMs, severity: 'medium' },
    message: `recorded and not answered: ${String(decisions.length)}, for ${WITHDRAWN_BECAUSE[why]}`,
    details: { status_detail: why, unmapped: { decisions: { shown, ...rest }, sequence } },
  });
  return { ...event, count: decisions.length };
}

function gapEvent(
  { counts, atMs: timeMs }: Extract<TrailContent, { readonly kind: 'gap' }>,
  { hash, sequence }: ReadEntry['line'],
): SecurityEvent {
  const { counted, uncounted } = gapSize(counts);
  const missing = uncounted === 0 ? String(counted) : `${String(counted)} or more, nobody knows`;
  const uid = `${hash}:records_missing`;
  const event = makeEvent({
    ...{ kind: 'records_missing', uid, timeMs, severity: 'high' },
    message: `records that are missing: ${missing}`,
    details: { unmapped: { counts, sequence } },
  });
  // One that may be too small would be taken for the whole.
  return uncounted === 0 ? { ...event, count: counted } : event;
}
