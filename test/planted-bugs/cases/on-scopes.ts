import type { Case } from '../case';
import {
  allow,
  claim,
  file,
  offering,
  policy,
  scopeOf,
  REQUIRE_ZDR,
  setOf,
  target,
  withSettings,
  ZDR,
} from '../../core/engine/support/build';
import { ACME, BOREAL, RETENTION, BOTH, inTeam, of, plain, pair } from './build';

/** Whom policies and files are for. */
export const ON_SCOPES: readonly Case[] = [
  of(
    'a policy for one team, and requests of every other kind',
    plain({
      ...pair({ claims: [ZDR] }, {}),
      policies: [
        policy('all'),
        policy('core', { scope: { team: ['core'] }, rules: [REQUIRE_ZDR] }),
        policy('ops', {
          scope: { team: ['ops'] },
          lists: [allow('provider', { provider: 'boreal' })],
        }),
      ],
    }),
    BOTH,
    inTeam('core'),
    inTeam('ops'),
    inTeam('nobody'),
  ),
  of(
    'a policy of two keys, of which either may differ or be missing',
    plain({
      ...pair({}, {}),
      policies: [
        policy('all', { scope: { team: 'any', environment: 'any' } }),
        policy('both', { scope: { team: ['core'], environment: ['prod'] }, rules: [REQUIRE_ZDR] }),
      ],
    }),
    ...[
      [],
      [['team', 'core']],
      [
        ['team', 'ops'],
        ['environment', 'prod'],
      ],
      [
        ['team', 'core'],
        ['environment', 'dev'],
      ],
      [
        ['team', 'core'],
        ['environment', 'prod'],
      ],
    ].map((keys) =>
      offering(['t1', 't2'], {
        scope: new Map(keys.map(([key = '', value = '']) => [key, value] as const)),
      }),
    ),
  ),
  of(
    'only shadow policies, and only a policy for a key that is missing',
    plain({ ...pair({}, {}), policies: [policy('p', { mode: 'shadow' })] }),
    BOTH,
  ),
  of(
    'only a policy for a team that the request does not name',
    plain({ ...pair({}, {}), policies: [policy('p', { scope: { team: ['core'] } })] }),
    BOTH,
    inTeam('core'),
  ),
  of(
    'declared tenants',
    withSettings(plain({ ...pair({}, {}), policies: [policy('p')] }), { tenants: ['blue'] }),
    BOTH,
    offering(['t1', 't2'], { tenant: 'blue' }),
    offering(['t1', 't2'], { tenant: 'red' }),
  ),
  of(
    'a bound file: its claims are for its own policies, and only where it matches',
    withSettings(
      setOf(
        file({
          providers: [ACME, BOREAL],
          ...pair({}, {}),
          policies: [policy('all', { rules: [REQUIRE_ZDR] })],
        }),
        file({ file: 'core.yaml', targets: [target('t1', { claims: [ZDR] })] }, { team: ['core'] }),
        file(
          { file: 'ops.yaml', policies: [policy('ops', { rules: [RETENTION] })] },
          { team: ['ops', 'core'] },
        ),
      ),
      { scopeValues: scopeOf({ team: ['core', 'ops', 'dev'] }) },
    ),
    BOTH,
    inTeam('core'),
    inTeam('ops'),
    inTeam('dev'),
  ),
  of(
    'two unbound files that state different values',
    setOf(
      file({
        providers: [ACME, BOREAL],
        ...pair({ claims: [ZDR] }, { claims: [ZDR] }),
        policies: [policy('p', { rules: [REQUIRE_ZDR] })],
      }),
      file({
        file: 'second.yaml',
        targets: [target('t1', { claims: [claim('zero_data_retention', false)] })],
      }),
    ),
    BOTH,
  ),
];
