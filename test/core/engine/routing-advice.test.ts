import type { RoutingAdvice } from '../../../src/core/model/policy-set';
import { at, deny, file, offering, policy, provider, setOf, target } from './support/build';
import { decideOn } from './support/decided';

const advice = (strategy: string): RoutingAdvice => ({
  strategy,
  triggers: ['rate_limit'],
  maxFallbackAttempts: 2,
  position: at(5),
});

const MAIN = { providers: [provider('acme')], targets: [target('a')], policies: [policy('p')] };

const adviceFor = (set: Parameters<typeof decideOn>[0], team?: string) =>
  decideOn(set, offering(['a'], { scope: new Map(team === undefined ? [] : [['team', team]]) }))
    .routing?.strategy;

describe('routing advice', () => {
  it('is that of the file that gives some', () => {
    expect(adviceFor(setOf(file(MAIN)))).toBeUndefined();
    const set = setOf(file(MAIN), file({ routing: advice('priority') }));
    expect(decideOn(set, offering(['a'])).routing).toEqual(advice('priority'));
  });

  it('is the first of several', () => {
    const files = ['priority', 'cheapest'].map((strategy) => file({ routing: advice(strategy) }));
    expect(adviceFor(setOf(file(MAIN), ...files))).toBe('priority');
  });

  it('of a bound file is for those whom the file is for', () => {
    const bound = file({ routing: advice('core') }, { team: ['core', 'ops'] });
    const set = setOf(file(MAIN), bound, file({ routing: advice('all') }));
    expect(adviceFor(set, 'core')).toBe('core');
    expect(adviceFor(set)).toBe('all');
  });

  it('changes nothing of who is eligible, and stays where nobody is', () => {
    const policies = [policy('p', { lists: [deny('provider', { provider: 'acme' })] })];
    const decision = decideOn(
      setOf(file({ ...MAIN, policies, routing: advice('priority') })),
      offering(['a']),
    );
    expect(decision.outcome).toBe('block');
    expect(decision.routing?.strategy).toBe('priority');
  });
});
