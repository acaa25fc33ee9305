import * as fc from 'fast-check';

import { RequestContext } from '../../../src/gen/ambit/v1/context';
import type { DecideRequest } from '../../../src/gen/ambit/v1/request';
import { createRequestReader, readWhole } from '../../../src/pep/grpc/decode-request';
import type { AskFromWire } from '../../../src/pep/grpc/from-wire';
import { CHANGE, change, REQUEST } from './support/arbitrary-request';
import { encodeRequest } from './support/encode-request';
import { runs, SEED } from '../../laws/support/runs';

/** A candidate that names a target. */
function candidate(target: string): DecideRequest['candidates'][number] {
  return { target, claims: [] };
}

/** What reading gives, in a form that compares: it may throw only where the whole way does. */
function outcome(read: (bytes: Uint8Array) => AskFromWire, bytes: Buffer): unknown {
  try {
    return read(bytes);
  } catch {
    return 'thrown';
  }
}

describe('a reader that remembers parts', () => {
  it('reads every message as the whole way does, the first time and later', () => {
    const read = createRequestReader();
    const spread = { asked: 0, problems: 0, refused: 0 };
    fc.assert(
      fc.property(REQUEST, CHANGE, (request, how) => {
        const bytes = change(encodeRequest(request), how);
        const expected = outcome(readWhole, bytes);
        expect(outcome(read, bytes)).toEqual(expected);
        expect(outcome(read, bytes)).toEqual(expected);
        const ask = (expected as Partial<{ ask: { request: { problems: string[] } } }>).ask;
        if (ask === undefined) spread.refused += 1;
        else if (ask.request.problems.length > 0) spread.problems += 1;
        else spread.asked += 1;
      }),
      { numRuns: runs(3000), seed: SEED },
    );
    expect(spread.asked).toBeGreaterThan(100);
    expect(spread.problems).toBeGreaterThan(100);
    expect(spread.refused).toBeGreaterThan(100);
  });

  it('gives equal parts of different requests as one object', () => {
    const read = createRequestReader();
    const bytesOf = (requestId: string): Buffer =>
      encodeRequest({
        requestId,
        context: { ...RequestContext.create(), tenant: 't' },
        candidates: [candidate('x')],
      });
    const [, one, two] = ['0', '1', '2'].map((id) => read(bytesOf(id)));
    if (one === undefined || two === undefined || !('ask' in one) || !('ask' in two))
      throw new Error('refused');
    expect(one.ask.requestId).toBe('1');
    expect(two.ask.requestId).toBe('2');
    expect(two.ask.request.candidates?.[0]).toBe(one.ask.request.candidates?.[0]);
    expect(two.ask.request.candidates).toBe(one.ask.request.candidates);
    expect(Object.isFrozen(one.ask.request.candidates)).toBe(true);
    expect(two.ask.request.context).toBe(one.ask.request.context);
    expect(Object.isFrozen(one.ask.request.candidates?.[0])).toBe(true);
  });

  it('forgets what nobody asks for', () => {
    const read = createRequestReader();
    const bytesOf = (target: string): Buffer => encodeRequest({ candidates: [candidate(target)] });
    const candidateOf = (target: string): unknown => {
      const result = read(bytesOf(target));
      return 'ask' in result ? result.ask.request.candidates?.[0] : undefined;
    };
    const first = candidateOf('first');
    for (let index = 0; index < 3000; index += 1) candidateOf(`other-${String(index)}`);
    expect(candidateOf('first')).toBe(first);
    for (let index = 0; index < 6000; index += 1) candidateOf(`another-${String(index)}`);
    expect(candidateOf('first')).not.toBe(first);
    expect(candidateOf('first')).toEqual(first);
  });
});
