import fc from 'fast-check';

import { failureOf } from '../../../src/audit/sinks/failure';
import { runs, Spread } from '../../laws/support/runs';

describe('the failure of a sink', () => {
  it('never says a secret, as it is or as it stands in a URL', () => {
    const spread = new Spread();
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/', '%') });
    const secrets = fc.array(
      fc.string({ unit: fc.constantFrom('a', 'b', ':', '/'), maxLength: 4 }),
    );
    fc.assert(
      fc.property(secrets, fc.array(text), fc.boolean(), (all, between, inUrl) => {
        const shown = inUrl ? all.map(encodeURIComponent) : all;
        const said = between.flatMap((each, index) => [each, shown[index] ?? '']).join('');
        const { message } = failureOf(new Error(said), all);
        for (const secret of all.filter((each) => each !== '')) {
          expect(message).not.toContain(secret);
          expect(message).not.toContain(encodeURIComponent(secret));
          spread.add(said.includes(secret) ? 'said a secret' : 'said none');
        }
      }),
      { numRuns: runs(1_000) },
    );
    spread.expectAtLeast(200, 'said a secret', 'said none');
  });

  it('keeps nothing of what was thrown but its words', () => {
    const thrown = Object.assign(new Error('no'), { config: { password: 's3cret' } });
    const failure = failureOf(thrown, ['s3cret']);
    expect(failure).toEqual(new Error('no'));
    expect(Object.keys(failure)).toEqual([]);
    expect(failure.cause).toBeUndefined();
  });

  it.each([
    [new AggregateError([new Error('first'), new Error('second')], ''), 'first'],
    [Object.assign(new Error(''), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    ['s3cret', 'it failed without saying why'],
    [undefined, 'it failed without saying why'],
    [new Error('x'.repeat(1_000)), 'x'.repeat(300)],
  ])('has words: %#', (thrown, message) => {
    expect(failureOf(thrown, ['s3cret']).message).toBe(message);
  });
});
