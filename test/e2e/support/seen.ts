import type { HttpAnswer } from './http-client';
import type { Received } from './provider';
import { keyOf, TARGETS, type Rig, type TargetId } from './rig';
import { until } from './wait';

/** The error of an answer in JSON. */
export function errorOf(answer: HttpAnswer): Readonly<Record<string, unknown>> {
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  return (JSON.parse(answer.text) as { error: Record<string, unknown> }).error;
}

/** The one request that the target's provider received. */
export function onlyRequest(rig: Rig, target: TargetId): Received {
  const [first, ...others] = rig.providers[target].received;
  expect(others).toEqual([]);
  if (first === undefined) throw new Error(`${target} received nothing`);
  return first;
}

/** The log line of the request that this answer belongs to, and those of its attempts, by the decision's id. */
export async function logged(
  rig: Rig,
  answer: HttpAnswer,
  attempts: number,
): Promise<{ readonly request: Readonly<Record<string, unknown>>; readonly targets: unknown[] }> {
  const id = answer.headers['x-ambit-decision-id'];
  expect(id).toEqual(expect.stringMatching(/.+/));
  return until('both logs', () => {
    const request = rig.envoy.requestLog().find((line) => line['decision_id'] === id);
    const tried = rig.envoy.attemptLog().filter((line) => line['decision_id'] === id);
    if (request === undefined || tried.length < attempts) return undefined;
    return { request, targets: tried.map((line) => line['target']) };
  });
}

/** That no provider received the key of another target, nor anything of those in `secrets`. */
export function expectOwnKeysOnly(rig: Rig, secrets: readonly string[] = []): void {
  for (const target of TARGETS) {
    const seen = JSON.stringify(rig.providers[target].received);
    const foreign = TARGETS.filter((other) => other !== target).map(keyOf);
    expect([...foreign, ...secrets].filter((key) => seen.includes(key))).toEqual([]);
    for (const { headers } of rig.providers[target].received) {
      expect(JSON.stringify(headers)).toContain(keyOf(target));
    }
  }
}
