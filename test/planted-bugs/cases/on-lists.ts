import type { Case } from '../case';
import {
  allow,
  claim,
  deny,
  offering,
  policy,
  REQUIRE_ZDR,
  target,
  ZDR,
} from '../../core/engine/support/build';
import { RETENTION, BOTH, inTeam, of, plain, pair } from './build';

/** Allow and deny lists, gateways that route on, and what leads a block. */
export const ON_LISTS: readonly Case[] = [
  of(
    'allow lists of two policies, which intersect',
    plain({
      ...pair({}, {}),
      policies: [
        policy('a', { lists: [allow('provider', { provider: 'acme' })] }),
        policy('b', {
          lists: [allow('provider', { provider: 'acme-ai' }, { provider: 'boreal' })],
        }),
        policy('c', { lists: [allow('model', { model: 'm' })], scope: { team: ['core'] } }),
      ],
    }),
    BOTH,
    inTeam('core'),
  ),
  of(
    'pairs of provider and model, never the cross product',
    plain({
      targets: ['acme', 'boreal'].flatMap((name) =>
        ['m', 'n'].map((model) => target(`${name}-${model}`, { provider: name, model })),
      ),
      policies: [
        policy('p', {
          lists: [
            allow('model', { provider: 'acme', model: 'm' }, { provider: 'boreal', model: 'n' }),
          ],
        }),
      ],
    }),
    offering(['acme-m', 'acme-n', 'boreal-m', 'boreal-n']),
  ),
  of(
    'a ban in another spelling, and a wildcard',
    plain({
      targets: [target('t1', { model: 'm-large' }), target('t2', { provider: 'boreal' })],
      policies: [
        policy('p', {
          lists: [deny('provider', { provider: 'BOREAL' }), deny('model', { model: 'M-*' })],
        }),
      ],
    }),
    BOTH,
  ),
  of(
    'a ban on a region, and regions inside it, apart from it, everywhere and nowhere known',
    plain({
      targets: ['US', 'DE', 'global', 'us-east-1'].map((region) => target(region, { region })),
      policies: [policy('p', { lists: [deny('provider', { region: 'US' })] })],
    }),
    offering(['US', 'DE', 'global', 'us-east-1']),
  ),
  of(
    'gateways that route on, do not, and have switched it off',
    plain({
      targets: (['routes_on', 'none', 'fallback_off'] as const).map((value) =>
        target(`t-${value}`, { claims: [claim('nested_gateway', value), ZDR] }),
      ),
      policies: [
        policy('p', { lists: [deny('provider', { provider: 'boreal' })] }),
        policy('q', { rules: [REQUIRE_ZDR], scope: { team: ['core'] } }),
      ],
    }),
    offering(['t-routes_on', 't-none', 't-fallback_off']),
    offering(['t-routes_on', 't-none', 't-fallback_off'], { scope: new Map([['team', 'ops']]) }),
    offering(['t-routes_on', 't-none', 't-fallback_off'], { preferences: { ignore: ['boreal'] } }),
  ),
  of(
    'candidates that fall at different layers and policies',
    plain({
      targets: [
        target('t1'),
        target('t2', { provider: 'boreal' }),
        target('t3', { provider: 'boreal', claims: [ZDR] }),
      ],
      policies: [
        policy('a', { lists: [deny('provider', { provider: 'acme' })] }),
        policy('b', { rules: [REQUIRE_ZDR], block: { status: 451 } }),
        policy('c', { rules: [RETENTION], block: { status: 409 } }),
      ],
    }),
    offering(['t1', 't2', 't3']),
    offering(['t3', 't2', 't1']),
    offering(['t1', 't2']),
  ),
];
