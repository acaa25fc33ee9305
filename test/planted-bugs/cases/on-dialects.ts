import type { ProviderTable, PolicySet } from '../../../src/core/model/policy-set';
import type { Case } from '../case';
import {
  allow,
  deny,
  file,
  policy,
  offering,
  provider,
  REQUIRE_ZDR,
  setOf,
  target,
} from '../../core/engine/support/build';
import { BOTH, inTeam, of, plain } from './build';

const TABLES: ReadonlyMap<string, ProviderTable> = new Map([
  ['vercel', new Map(Object.entries({ ac: 'acme', shared: 'acme', cloud: 'acme' }))],
  ['ngrok', new Map(Object.entries({ shared: 'boreal', boreal: 'acme', cloud: 'acme' }))],
]);

const AT_BOTH = {
  providers: [provider('acme'), provider('boreal')],
  targets: [target('t1'), target('t2', { provider: 'boreal' })],
};

/** A set whose second file is of a dialect, with the tables of two. */
function spoken(
  dialect: string,
  first: Parameters<typeof file>[0],
  second: Parameters<typeof file>[0],
): PolicySet {
  return { ...setOf(file(first), file({ ...second, dialect })), providerTables: TABLES };
}

const listing = (dialect: string, list: ReturnType<typeof allow>): PolicySet =>
  spoken(dialect, AT_BOTH, { policies: [policy('p', { lists: [list] })] });

const NAMED = [
  target('a', { model: 'Vend/m' }),
  target('b', { model: 'm', serves: ['other/m', 'vend/m'] }),
  target('c', { model: 'm2' }),
  target('d', { model: 'other/m3' }),
];

const forAuthors = (authors: { only?: readonly string[]; except?: readonly string[] }): PolicySet =>
  plain({ targets: NAMED, policies: [{ ...policy('p', { rules: [REQUIRE_ZDR] }), authors }] });

/** A file of a dialect that allows `ac`, bound to a team, and the provider that only a file of another team declares. */
const UNSEEN: PolicySet = {
  ...setOf(
    file({ targets: AT_BOTH.targets, providers: [provider('boreal')] }),
    file({ providers: [provider('acme')] }, { team: ['core'] }),
    file({
      dialect: 'vercel',
      policies: [policy('p', { lists: [allow('provider', { provider: 'ac' })] })],
    }),
  ),
  providerTables: TABLES,
};

/** What a team's own file says of whose model a target is. */
const CLAIMED: PolicySet = setOf(
  file({
    providers: [provider('acme')],
    targets: [target('c', { model: 'm2' })],
    policies: [{ ...policy('p', { rules: [REQUIRE_ZDR] }), authors: { only: ['vend'] } }],
  }),
  file({ targets: [target('c', { model: 'm2', serves: ['other/m2'] })] }, { team: ['core'] }),
);

/** Names that dialects have for providers, and policies for some authors' models. */
export const ON_DIALECTS: readonly Case[] = [
  of(
    'an allowed name of its own dialect',
    listing('vercel', allow('provider', { provider: 'ac' })),
    BOTH,
  ),
  of(
    'an allowed name of another dialect',
    listing('ngrok', allow('provider', { provider: 'ac' })),
    BOTH,
  ),
  of(
    'an allowed name that two dialects mean differently',
    listing('vercel', allow('provider', { provider: 'shared' })),
    BOTH,
  ),
  of(
    'an allowed name that a file declares',
    listing('ngrok', allow('provider', { provider: 'boreal' })),
    BOTH,
  ),
  of(
    'a denied name of another dialect',
    listing('native', deny('provider', { provider: 'AC' })),
    BOTH,
  ),
  of(
    'a denied name that two dialects mean differently',
    listing('native', deny('provider', { provider: 'shared' })),
    BOTH,
  ),
  ...['ac/m', 'shared/m', 'cloud:m', 'nobody/m'].map((model) =>
    of(
      `a request for ${model}`,
      listing('native', deny('provider', { provider: 'x' })),
      offering(['t1', 't2'], { model }),
    ),
  ),
  of('an allowed name of a provider that the policy cannot see', UNSEEN, inTeam('core')),
  of(
    'a name that only a file of the team states',
    CLAIMED,
    offering(['c'], { scope: new Map([['team', 'core']]) }),
  ),
  of('models of one author', forAuthors({ only: ['vend'] }), offering(['a', 'b', 'c', 'd'])),
  of(
    'models of one author, in another case',
    forAuthors({ only: ['VEND'] }),
    offering(['a', 'b', 'c', 'd']),
  ),
  of(
    'models of all authors but one',
    forAuthors({ except: ['other'] }),
    offering(['a', 'b', 'c', 'd']),
  ),
  of(
    'models of all authors but two',
    forAuthors({ except: ['other', 'vend'] }),
    offering(['a', 'b', 'c', 'd']),
  ),
];
