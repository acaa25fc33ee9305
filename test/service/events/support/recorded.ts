import type { SecurityEvent } from '../../../../src/ports/security-events';
import {
  createEventRecorder,
  type EventRecorder,
  type EventRecorderParts,
} from '../../../../src/service/events/event-recorder';
import { createEventReader } from '../../../../src/service/events/trail-events';
import { followTrail } from '../../../../src/service/trail/follow-trail';
import { trailCrypto } from '../../../../src/platform/trail-keys';
import type { TrailReader } from '../../../../src/ports/trail-files';
import { START_MS } from '../../trail/support/trails';

/** A recorder with a clock that tests move, and what it told of defects. */
export interface TestRecorder extends EventRecorder {
  readonly clock: { nowMs: number };
  readonly defects: readonly unknown[];
}

/** Creates a recorder that began on 1 July 2026. */
export function recorderTo(
  append: EventRecorderParts['append'],
  more: Partial<EventRecorderParts> = {},
): TestRecorder {
  const clock = { nowMs: START_MS };
  const defects: unknown[] = [];
  const recorder = createEventRecorder({
    ...{ append, nowMs: () => clock.nowMs, processUid: 'p-1' },
    compare: () => Promise.reject(new Error('nothing is to be compared')),
    onDefect: (error) => defects.push(error),
    ...more,
  });
  return { ...recorder, clock, defects };
}

/** The events of a trail, as `ambit audit events` reads them. */
export async function eventsIn(reader: TrailReader): Promise<readonly SecurityEvent[]> {
  const eventsOf = createEventReader();
  const found: SecurityEvent[] = [];
  const next = (): Promise<boolean> => Promise.resolve(false);
  for await (const entry of followTrail({ reader, crypto: trailCrypto, next })) {
    const events = eventsOf(entry);
    if (events === 'unknown') throw new Error('a record that is not known');
    found.push(...events);
  }
  return found;
}
