import type { ExplanationRow } from '../../../src/core/engine/explanation';
import { ExplainResponse } from '../../../src/gen/ambit/v1/policy_service';
import { explanationToWire } from '../../../src/pep/grpc/explanation-to-wire';
import { CATALOG, POLICY } from '../../cli/support/files';
import { ask } from '../../service/support/asks';
import { createTestPoint, loadText } from '../../service/support/world';

const ROW: ExplanationRow = {
  policy: 'p',
  mode: 'warn',
  requirement: 'soc2',
  state: 'unknown',
  claim: 'soc2',
  expected: 'soc2 `type2`',
  observed: 'not declared',
  help: 'declare `soc2`',
  position: { file: 'p.yaml', line: 1, column: 2 },
  claimPosition: { file: 'c.yaml', line: 3, column: 4 },
};

async function world() {
  return createTestPoint(await loadText(`${CATALOG}---\n${POLICY}`)).point;
}

/** One row as JSON. */
async function shown(row: ExplanationRow): Promise<unknown> {
  const { answer } = (await world()).explain(ask());
  const candidates = [{ ref: 'a', target: 't', provider: 'p', rows: [row] }];
  const json = ExplainResponse.toJSON(explanationToWire({ answer, candidates }));
  return (json as { candidates: { rows: unknown[] }[] }).candidates[0]?.rows[0];
}

describe('one rule on one candidate', () => {
  it('is shown whole', async () => {
    expect(await shown(ROW)).toEqual({
      policy: 'p',
      requirement: 'soc2',
      mode: 'POLICY_MODE_WARN',
      state: 'REASON_STATE_UNKNOWN',
      claim: 'soc2',
      expected: 'soc2 `type2`',
      observed: 'not declared',
      message: 'soc2 is not met: needs soc2 `type2`, finds not declared',
      help: 'declare `soc2`',
      source: { file: 'p.yaml', line: 1, column: 2 },
      claimSource: { file: 'c.yaml', line: 3, column: 4 },
    });
  });

  it('is shown without what does not apply, such as the place of a claim that the caller stated', async () => {
    const nowhere = { file: '', line: 0, column: 0 };
    const places = { position: nowhere, claimPosition: nowhere };
    const empty = { policy: '', claim: '', expected: '', observed: '', help: '' };
    expect(await shown({ ...ROW, ...empty, ...places })).toEqual({
      requirement: 'soc2',
      mode: 'POLICY_MODE_WARN',
      state: 'REASON_STATE_UNKNOWN',
      message: 'soc2 is not met',
    });
  });

  it('says so where it is met', async () => {
    expect(await shown({ ...ROW, state: 'satisfied' })).toMatchObject({
      state: 'REASON_STATE_SATISFIED',
      message: 'soc2 is met',
    });
  });
});

describe('an explanation', () => {
  it('has the decision, and every candidate in order, eligible as the decision says', async () => {
    const targets = ['silent/chat', 'good/chat-large', 'nothing'];
    const { decision, candidates } = explanationToWire((await world()).explain(ask({ targets })));
    expect(decision).toMatchObject({ outcome: 1, eligible: ['good/chat-large'] });
    expect(candidates.map(({ ref, eligible }) => [ref, eligible])).toEqual([
      ['silent/chat', false],
      ['good/chat-large', true],
      ['nothing', false],
    ]);
    expect(candidates[1]?.target).toBe('good/chat-large');
  });

  it('has no candidates where the service itself refuses', async () => {
    const point = await world();
    point.refuseFurther();
    expect(explanationToWire(point.explain(ask({ targets: ['good/chat-large'] })))).toMatchObject({
      decision: { outcome: 3, eligible: [], block: { code: 'shutting_down' } },
      candidates: [],
    });
  });
});
