import type { SecurityEvent } from '../../ports/security-events';
import { readRecord } from '../evidence/read-record';
import { instantMs, isCount, isObject, type JsonObject } from '../json-values';
import type { Line } from '../trail/line';
import type { TrailEntry } from '../trail/read-trail';
import { decisionEvents } from './decision-events';
import { foldedEvent, readFolded } from './folded-event';
import { makeEvent } from './make-event';
import { readEvent } from './read-event';
import { trailDamaged } from './service-events';

/** The events of a line, or `unknown`: it holds something that this version does not know. */
export type EntryEvents = readonly SecurityEvent[] | 'unknown';

/** Makes the events of a trail's lines, which it is given in their order. The same lines make the same events. */
export function createEventReader(): (entry: TrailEntry) => EntryEvents {
  // What cannot be read has no instant, and was not written before what stands before it.
  let lastMs = 0;
  return (entry) => {
    if ('problem' in entry) return [damageOf(entry, lastMs)];
    lastMs = instantOf(entry.line.content) ?? lastMs;
    return eventsOfLine(entry.line);
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

function instantOf({ at, event, folded }: JsonObject): number | undefined {
  if (isObject(event)) return readEvent(event)?.time;
  return instantMs(isObject(folded) ? folded['to'] : at);
}

function eventsOfLine(line: Line): EntryEvents {
  switch (line.kind) {
    case 'record':
      return eventsOfRecord(line);
    case 'gap':
      return gapEvents(line);
    case 'rotation':
    case 'note':
      return [];
  }
}

function eventsOfRecord({ content, hash }: Line): EntryEvents {
  const { version, event, folded } = content;
  if (version !== 1) return 'unknown';
  if (event !== undefined) return someOr(readEvent(event));
  if (folded !== undefined) {
    const read = readFolded(folded);
    return someOr(read === undefined ? undefined : foldedEvent(read, hash));
  }
  const record = readRecord(content);
  return record === undefined ? 'unknown' : decisionEvents(record);
}

function someOr(event: SecurityEvent | undefined): EntryEvents {
  return event === undefined ? 'unknown' : [event];
}

function gapEvents({ content: { at, counts }, hash, sequence }: Line): EntryEvents {
  const timeMs = instantMs(at);
  if (timeMs === undefined || !isObject(counts)) return 'unknown';
  const numbers = Object.values(counts);
  if (!numbers.every(isCount)) return 'unknown';
  const missing = numbers.reduce((sum, each) => sum + each, 0);
  const uid = `${hash}:records_missing`;
  const event = makeEvent({
    ...{ kind: 'records_missing', uid, timeMs, severity: 'high' },
    message: `records that are missing: ${String(missing)}`,
    details: { unmapped: { counts, sequence } },
  });
  return [{ ...event, count: missing }];
}
