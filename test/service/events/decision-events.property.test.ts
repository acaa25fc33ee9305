import type { SecurityEvent } from '../../../src/ports/security-events';
import { decisionEvents } from '../../../src/service/events/decision-events';
import type { RecordedDecision } from '../../../src/service/evidence/recorded-decision';
import { CASES } from '../../laws/support/decisions';
import { pick, type Source } from '../../generators/source';
import { check, Spread } from '../../laws/support/runs';
import { canaries, holds } from '../evidence/support/canaries';
import { PLACES } from '../evidence/support/places';
import { bundleOf, recordOf } from '../evidence/support/record-of';
import { recordFrom } from '../evidence/support/records';
import { violationsOf } from './support/ocsf';

/** Blocks of the service itself, which no generated decision is. */
const SERVICE_CODES = ['internal_error', 'policy_stale', 'audit_unavailable', 'overloaded'];

const HIGH = ['internal_error', 'policy_stale', 'audit_unavailable', 'evaluation_error'];

function record(source: Source): RecordedDecision {
  const made = recordFrom(source);
  if (made.block === undefined || source.below(5) > 0) return made;
  return { ...made, block: { ...made.block, code: pick(source, SERVICE_CODES) } };
}

function kindsOf(events: readonly SecurityEvent[]): readonly string[] {
  return events.map(({ metadata }) => metadata.event_code);
}

/** Said again, and naively: the refs that are eligible and that a shadow policy would block. */
function isShadowed({ eligible, shadow = [] }: RecordedDecision): boolean {
  return shadow.some(({ ref }) => eligible.some((each) => each.ref === ref));
}

test('every block and every warning is one event, and so is what shadow policies would change', () => {
  const spread = new Spread();
  check(record, 400, (made) => {
    const events = decisionEvents(made);
    const expected = [
      ...(made.outcome === 'block' ? ['request_blocked'] : []),
      ...(made.outcome === 'warn' ? ['request_warned'] : []),
      ...(isShadowed(made) ? ['shadow_difference'] : []),
    ];
    expect(kindsOf(events)).toEqual(expected);
    expect(decisionEvents(made)).toEqual(events);
    for (const event of events) expect(violationsOf(JSON.parse(JSON.stringify(event)))).toEqual([]);
    for (const each of [made.outcome, ...expected]) spread.add(each);
  });
  spread.expectAtLeast(100, 'block');
  spread.expectAtLeast(10, 'allow', 'warn', 'shadow_difference');
});

test('an event has the id of its decision and kind, its instant and its tenant', () => {
  check(record, 100, (made) => {
    for (const { metadata, time, finding_info: info } of decisionEvents(made)) {
      const uid = `${made.decisionId}:${metadata.event_code}`;
      expect(metadata).toMatchObject({ uid, correlation_uid: made.decisionId });
      expect(metadata.tenant_uid).toBe(made.request.tenant);
      expect([info?.uid, time]).toEqual([uid, Date.parse(made.at)]);
    }
  });
});

test('a block is as bad as what it tells of, and an alert where Ambit itself does not work', () => {
  const spread = new Spread();
  check(record, 400, (made) => {
    const [event] = decisionEvents(made);
    if (made.block === undefined || event === undefined) return;
    const isHigh = HIGH.includes(made.block.code);
    expect([event.severity_id >= 4, event.is_alert]).toEqual([isHigh, isHigh]);
    expect(event.status_detail).toBe(made.block.code);
    spread.add(event.severity);
  });
  spread.expectAtLeast(10, 'Low', 'Medium', 'High');
});

test('no event holds what others write into any text of a request', () => {
  const spread = new Spread();
  const planted = (source: Source) => {
    const one = CASES(source);
    const canary = pick(source, canaries(source));
    const requests = PLACES.flatMap((place) => place.put(one.request, canary.text) ?? []);
    return { bundle: bundleOf(one), canary, requests };
  };
  check(planted, 120, ({ bundle, canary, requests }) => {
    for (const request of requests) {
      const events = decisionEvents(recordOf({ bundle, request }));
      expect(holds(events, canary)).toBe(false);
      for (const { metadata } of events) spread.add(metadata.event_code);
    }
  });
  spread.expectAtLeast(50, 'request_blocked', 'shadow_difference');
});
