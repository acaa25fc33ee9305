import { refuse } from '../../../src/core/engine/refuse';
import { asking, file, offering, parts, policy, provider, setOf, target } from './support/build';
import { decideOn } from './support/decided';

const REFUSAL = {
  code: 'policy_stale',
  message: 'the policy is too old',
  httpStatus: 503,
} as const;

describe('a refusal', () => {
  it('blocks every candidate for the one reason, and leaves nothing open', () => {
    const request = offering(['a', parts('b', { provider: 'acme', model: 'm' })], {
      api: 'chat_completions',
    });
    const decision = refuse(request, REFUSAL);
    expect(decision).toMatchObject({ outcome: 'block', eligible: [], warnings: [], shadow: [] });
    const reason = {
      code: 'policy_stale',
      layer: 'identity',
      policy: '',
      requirement: '',
      claim: '',
      state: 'refused',
      expected: '',
      observed: '',
      message: 'the policy is too old',
    };
    expect(decision.verdicts).toEqual([
      { eligible: false, ref: 'a', target: 'a', provider: '', reasons: [reason] },
      { eligible: false, ref: 'b', target: '', provider: 'acme', reasons: [reason] },
    ]);
    expect(decision.block).toEqual({
      code: 'policy_stale',
      message: 'the policy is too old',
      httpStatus: 503,
      contentType: 'application/json',
      body: '{"error":{"message":"the policy is too old","type":"policy_error","param":null,"code":"policy_stale"}}',
      layer: 'identity',
      policy: '',
      providersConsidered: [],
    });
  });

  it('without candidates is a block all the same', () => {
    expect(refuse(asking(), REFUSAL)).toMatchObject({ outcome: 'block', verdicts: [] });
  });

  it('says which policies applied, if that was known', () => {
    const applied = { id: 'p', mode: 'enforce', counts: false, logSelection: false } as const;
    expect(refuse(offering([]), { ...REFUSAL, policies: [applied] }).policies).toEqual([applied]);
  });
});

describe('a request that is wrong', () => {
  const set = setOf(
    file({ providers: [provider('acme')], targets: [target('a')], policies: [policy('p')] }),
  );

  it('is blocked with the first problem, before anything is looked at', () => {
    const problems = ['`model` is not a text', '`api` is not known'];
    const decision = decideOn(set, offering(['a'], {}, { problems }));
    expect(decision.block).toMatchObject({
      code: 'invalid_request',
      message: '`model` is not a text',
      httpStatus: 400,
    });
    expect(decision.verdicts).toHaveLength(1);
    expect(decision.policies).toEqual([]);
  });
});
