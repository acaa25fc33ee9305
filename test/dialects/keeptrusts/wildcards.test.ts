import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import type { Decision } from '../../../src/core/model/decision';
import { DEFAULT_SETTINGS } from '../../../src/core/model/policy-set';
import type { Candidate } from '../../../src/core/model/request';
import { requestFor } from '../../vectors/chat-request';
import { shortFindings } from '../support/findings';
import { documentOf, packText, parsePack } from './support';

/** A pack whose second target is made of asterisks. */
const PACK = documentOf(
  packText({
    target: "      zdr: true\n    - {id: '*', provider: '*', model: '*', zdr: true}",
  }),
);

function ask(candidates: readonly Candidate[] | undefined, model?: string): Decision {
  const bundle = compileBundle(
    { settings: DEFAULT_SETTINGS, documents: [{ document: PACK }] },
    'test',
  );
  const { context, caller, problems } = requestFor([]);
  const named = model === undefined ? context : { ...context, model };
  const request = { context: named, caller, problems };
  return decide(bundle, candidates === undefined ? request : { ...request, candidates }, 0);
}

describe('an asterisk in a pack is a name like any other', () => {
  it.each([
    { target: 'other' },
    { provider: 'anthropic', model: 'claude' },
    { provider: 'openai', model: 'gpt-4o-mini' },
    { provider: '*', model: 'claude' },
    { provider: 'anthropic', model: '*' },
  ])('and makes %j no target', (parts) => {
    const { outcome, verdicts } = ask([{ ref: 'r', claims: [], ...parts }]);
    expect(outcome).toBe('block');
    expect(verdicts[0]?.reasons.map(({ code }) => code)).toEqual(['unknown_target']);
  });

  it('and serves no model of another name', () => {
    expect(ask(undefined, 'claude').block?.code).toBe('unknown_model');
    expect(ask(undefined, 'gpt-4o').outcome).toBe('allow');
  });

  it.each(['*', 'data-*', 'all', 'data-routing-policy, audit-logger'])(
    'and names no policy as %j',
    (entry) => {
      const { document, findings } = parsePack(packText({ chain: `['${entry}']` }));
      expect(document).toBeUndefined();
      expect(shortFindings(findings)[0]).toBe('error unknown_policy_kind 11:11');
    },
  );
});
