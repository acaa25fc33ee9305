import { status } from '@grpc/grpc-js';

import type { TimedCall } from '../../src/pep/call-rules';
import { DEADLINE_NEAR } from '../../src/service/refusals';
import { ask } from '../service/support/asks';
import { createTestPoint, loadText } from '../service/support/world';
import { POLICY_FILE } from '../contract/support/service';
import { createTestRules } from './support/test-rules';
import { now } from '../service/support/now';

const MARGIN_MS = 10_000;

/** A call that has so many milliseconds left. */
const callWith = (leftMs: number): TimedCall => ({
  getDeadline: () => Date.now() + leftMs,
  getAuthContext: () => ({}),
});

describe('the deadline of a call', () => {
  const { rules } = createTestRules(MARGIN_MS);

  it('that has passed is refused', () => {
    expect(rules.admit(callWith(-1))).toMatchObject({
      failure: { code: status.DEADLINE_EXCEEDED, reason: 'deadline' },
    });
  });

  it('that is near puts a block in the place of a decision', () => {
    expect(rules.admit(callWith(MARGIN_MS - 1))).toMatchObject({ pressure: DEADLINE_NEAR });
  });

  it('that is far changes nothing', () => {
    expect(rules.admit(callWith(MARGIN_MS * 10))).toMatchObject({ pressure: undefined });
  });
});

describe('a decision without time', () => {
  it('is a complete block: every candidate has its verdict, and nothing is eligible', async () => {
    const { point, records } = createTestPoint(await loadText(POLICY_FILE));
    const asked = ask({ targets: ['acme/large', 'nobody'] });
    const { decision } = now(point.decide(asked, 'decide', DEADLINE_NEAR));
    expect(decision).toMatchObject({
      outcome: 'block',
      eligible: [],
      block: { code: 'deadline_exceeded', httpStatus: 503 },
    });
    const refs = (asked.request.candidates ?? []).map(({ ref }) => ref);
    expect(refs.length).toBeGreaterThan(0);
    expect(decision.verdicts.map(({ ref }) => ref)).toEqual(refs);
    expect(records).toHaveLength(1);
  });
});
