import type { Case } from '../case';
import {
  allow,
  claim,
  deny,
  FAILING,
  offering,
  policy,
  REQUIRE_ZDR,
  target,
  ZDR,
} from '../../core/engine/support/build';
import { RETENTION, BOTH, inTeam, preferring, of, plain, pair } from './build';

/** Policies that give way, and policies that only record. */
export const ON_WARN_AND_SHADOW: readonly Case[] = [
  of(
    'a warn policy that only a filtered candidate meets',
    plain({
      ...pair({ claims: [ZDR] }, {}),
      policies: [policy('p', { mode: 'warn', rules: [REQUIRE_ZDR] })],
    }),
    BOTH,
    preferring({ only: ['boreal'] }),
  ),
  of(
    'a warn policy that nothing meets, with different counts, and an error',
    plain({
      targets: [
        target('t1'),
        target('t2', { provider: 'boreal', claims: [ZDR] }),
        target('t3', { claims: [ZDR, claim('gdpr', true)] }),
      ],
      policies: [
        policy('p', { mode: 'warn', rules: [REQUIRE_ZDR, RETENTION, { kind: 'gdpr' }] }),
        policy('q', { mode: 'warn', rules: [FAILING], scope: { team: ['core'] } }),
      ],
    }),
    offering(['t1', 't2', 't3']),
    offering(['t1', 't2', 't3'], { scope: new Map([['team', 'core']]) }),
  ),
  of(
    'a wide warn policy and a narrow one that exclude each other',
    plain({
      ...pair({ claims: [ZDR] }, { claims: [claim('retention_days', 0)] }),
      policies: [
        policy('wide', { mode: 'warn', rules: [REQUIRE_ZDR] }),
        policy('narrow', { mode: 'warn', rules: [RETENTION], scope: { team: ['core'] } }),
      ],
    }),
    inTeam('core'),
    BOTH,
  ),
  of(
    'two warn policies of one width that exclude each other',
    plain({
      ...pair({ claims: [ZDR] }, { claims: [claim('retention_days', 0)] }),
      policies: [
        policy('a', { mode: 'warn', rules: [REQUIRE_ZDR] }),
        policy('b', { mode: 'warn', rules: [RETENTION] }),
      ],
    }),
    BOTH,
  ),
  of(
    'lists of warn and shadow policies',
    plain({
      ...pair({}, {}),
      policies: [
        policy('w', { mode: 'warn', lists: [allow('provider', { provider: 'acme' })] }),
        policy('s', {
          mode: 'shadow',
          lists: [deny('provider', { provider: 'acme' })],
          rules: [REQUIRE_ZDR],
        }),
      ],
    }),
    BOTH,
  ),
];
