import type { Claim, ClaimName } from '../../src/core/model/claim';
import type { Policy, PolicyMode, TargetList } from '../../src/core/model/policy';
import type { BoundDocument, PolicySet } from '../../src/core/model/policy-set';
import type { DecisionRequest, Preferences } from '../../src/core/model/request';
import type { RequirementRule } from '../../src/core/model/requirement';
import {
  allow,
  asking,
  claim,
  deny,
  file,
  NOW_MS,
  offering,
  policy,
  provider,
  setOf,
  target,
} from '../core/engine/support/build';

/** The targets of every catalog, each at a provider of its own, in file order. */
export const TARGETS = ['t-acme', 't-boreal'] as const;

/** What L1 says that a claim can be, by how it comes about on `retention_days`. */
const STATES = ['satisfied', 'contrary', 'unknown', 'expired', 'conflicting', 'error'] as const;

/** A state of a claim. */
export type State = (typeof STATES)[number];

/** What one target declares: how the requirement of the first policy finds it, and how those of the second do. */
interface TargetClaims {
  readonly retention: State;
  readonly zeroRetention: State;
  readonly training: State;
}

/** Reads one claim and fails on the value 31, so that every state of L1 can come about. */
const RETENTION_RULE: RequirementRule = {
  kind: 'expression',
  text: 'claims.retention_days <= 1',
  claims: ['retention_days'],
  program: ({ claims }) => {
    const days = claims.get('retention_days');
    return days === 31 ? { error: 'no such overload' } : { holds: Number(days) <= 1 };
  },
};

/** Two requirements, so that a WARN answer can have targets of which more and less is unmet. */
const TRUST_RULES: readonly RequirementRule[] = [
  { kind: 'require_zero_data_retention' },
  { kind: 'require_no_training' },
];

/** One policy's choice of what it says; `id` also says which of the two it is. */
export interface PolicyChoice {
  readonly mode: PolicyMode;
  readonly list: 'none' | 'allow' | 'deny';
  readonly demands: boolean;
  /** True: only for team `core`. */
  readonly scoped: boolean;
}

/** One set of files: what each target declares and what each policy says; an absent policy does not exist. */
export interface Choice {
  readonly claims: readonly [TargetClaims, TargetClaims];
  readonly first: PolicyChoice | undefined;
  readonly second: PolicyChoice | undefined;
}

const MODES: readonly PolicyMode[] = ['enforce', 'warn', 'shadow'];
const LISTS: readonly PolicyChoice['list'][] = ['none', 'allow', 'deny'];
const SWITCH = [false, true] as const;

function policyChoices(scopes: readonly boolean[]): readonly (PolicyChoice | undefined)[] {
  const stated = MODES.flatMap((mode) =>
    LISTS.flatMap((list) =>
      SWITCH.flatMap((demands) => scopes.map((scoped) => ({ mode, list, demands, scoped }))),
    ),
  );
  return [undefined, ...stated];
}

/** The first policy is for all, the second for all or for one team. */
const FIRST_CHOICES = policyChoices([false]);
const SECOND_CHOICES = policyChoices(SWITCH);

/** All that the catalog can say of the two targets. */
const CATALOG_CHOICES: readonly Choice['claims'][] = STATES.flatMap((acme) =>
  (['satisfied', 'contrary', 'unknown'] as const).flatMap((boreal) =>
    (['satisfied', 'unknown'] as const).flatMap((acmeZero) =>
      (['satisfied', 'contrary'] as const).map((borealZero): Choice['claims'] => [
        { retention: acme, zeroRetention: acmeZero, training: acmeZero },
        { retention: boreal, zeroRetention: borealZero, training: 'satisfied' },
      ]),
    ),
  ),
);

/** How many sets of files the domain has. */
export const SET_COUNT = FIRST_CHOICES.length * SECOND_CHOICES.length * CATALOG_CHOICES.length;

/** The set of files at a place in the domain, from 0 to `SET_COUNT` - 1. */
export function choiceAt(index: number): Choice {
  const claims = CATALOG_CHOICES[index % CATALOG_CHOICES.length];
  const rest = Math.floor(index / CATALOG_CHOICES.length);
  if (claims === undefined) throw new Error('no such choice');
  return {
    claims,
    first: FIRST_CHOICES[rest % FIRST_CHOICES.length],
    second: SECOND_CHOICES[Math.floor(rest / FIRST_CHOICES.length)],
  };
}

/** The claims that bring a state about; a conflict needs a second file, which `conflictOf` makes. */
function retentionClaims(state: State): readonly Claim[] {
  switch (state) {
    case 'satisfied':
    case 'conflicting':
      // It ends just after the instant of the decision, so that a boundary which is off by one shows.
      return [claim('retention_days', 0, { expiresAtMs: NOW_MS + 1 })];
    case 'contrary':
      return [claim('retention_days', 30)];
    case 'unknown':
      return [];
    case 'expired':
      return [claim('retention_days', 0, { expiresAtMs: NOW_MS })];
    case 'error':
      return [claim('retention_days', 31)];
  }
}

/** A claim that is stated as it should be or the other way round, or not at all. */
function switchClaims(name: ClaimName, state: State): readonly Claim[] {
  return state === 'unknown' ? [] : [claim(name, state === 'satisfied')];
}

const IDENTITIES = [
  { provider: 'acme', model: 'm' },
  { provider: 'boreal', model: 'm' },
] as const;

function conflictOf(claims: Choice['claims']): readonly BoundDocument[] {
  const targets = claims.flatMap(({ retention }, index) =>
    retention === 'conflicting'
      ? [
          target(TARGETS[index] ?? '', {
            ...IDENTITIES[index],
            claims: [claim('retention_days', 30)],
          }),
        ]
      : [],
  );
  return targets.length === 0 ? [] : [file({ file: 'second.yaml', targets })];
}

function listOf(list: PolicyChoice['list'], providerName: string): readonly TargetList[] {
  switch (list) {
    case 'none':
      return [];
    case 'allow':
      return [allow('provider', { provider: providerName })];
    case 'deny':
      // Deny ignores case (L12).
      return [deny('provider', { provider: providerName.toUpperCase() })];
  }
}

function policyOf(
  id: string,
  choice: PolicyChoice | undefined,
  rules: readonly RequirementRule[],
): readonly Policy[] {
  if (choice === undefined) return [];
  const { mode, list, demands, scoped } = choice;
  return [
    policy(id, {
      mode,
      lists: listOf(list, id === 'first' ? 'acme' : 'boreal'),
      rules: demands ? rules : [],
      scope: scoped ? { team: ['core'] } : {},
    }),
  ];
}

/** The files of a choice. */
export function setFor({ claims, first, second }: Choice): PolicySet {
  const targets = claims.map(({ retention, zeroRetention, training }, index) =>
    target(TARGETS[index] ?? '', {
      ...IDENTITIES[index],
      claims: [
        ...retentionClaims(retention),
        ...switchClaims('zero_data_retention', zeroRetention),
        ...switchClaims('training_opt_out', training),
      ],
    }),
  );
  const main = file({
    providers: [provider('acme', { aliases: ['acme-ai'] }), provider('boreal')],
    targets,
    policies: [
      ...policyOf('first', first, [RETENTION_RULE]),
      ...policyOf('second', second, TRUST_RULES),
    ],
  });
  return setOf(main, ...conflictOf(claims));
}

/** What requests ask for beside the policy; the first asks for nothing. */
const WISHES: readonly { readonly preferences: Preferences; readonly pins: boolean }[] = [
  { preferences: {}, pins: false },
  { preferences: { only: ['acme-ai'] }, pins: false },
  { preferences: { only: [] }, pins: false },
  { preferences: { ignore: ['ACME'] }, pins: false },
  { preferences: { order: ['boreal'], allowFallbacks: false }, pins: false },
  { preferences: { maxRetentionDays: 0 }, pins: false },
  // Without candidates: they are the catalog's, and the name pins the provider.
  { preferences: {}, pins: true },
];

/** Teams that requests name; `ops` is nobody's. */
const TEAMS = [undefined, 'core', 'ops'] as const;

/** A request and its place in the two alphabets above. */
export interface EnumeratedRequest {
  readonly place: number;
  readonly team: (typeof TEAMS)[number];
  readonly wish: number;
  readonly request: DecisionRequest;
}

/** All requests of the domain: by team, then by wish. */
export const REQUESTS: readonly EnumeratedRequest[] = TEAMS.flatMap((team, group) =>
  WISHES.map(({ preferences, pins }, wish) => {
    const scope = new Map(team === undefined ? [] : [['team', team] as const]);
    const more = { scope, preferences, model: pins ? 'acme/m' : 'm' };
    const request = pins ? asking(more) : offering(TARGETS, more);
    return { place: group * WISHES.length + wish, team, wish, request };
  }),
);

/** The same team's request that asks for nothing beside the policy. */
export function withoutWish({ place, wish }: EnumeratedRequest): EnumeratedRequest {
  const plain = REQUESTS[place - wish];
  if (plain === undefined) throw new Error('no such request');
  return plain;
}
