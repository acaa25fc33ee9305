import type { Layer, ReasonCode } from '../../src/core/model/reason';
import { identityOf, viewOf } from './claims';
import { find, isNested } from './findings';
import { filterReasons } from './filters';
import { listReasons } from './lists';
import { KIND_ORDER } from './requirements';
import type { Applied, OracleReason, Subject, Unit, Unmet, World } from './types';

/** Layers in the order in which they narrow (L8). */
export const LAYER_ORDER: readonly Layer[] = [
  'identity',
  'request_filters',
  'provider_lists',
  'model_lists',
  'catalog',
  'requirements',
];

const CODE_OF_STATE: Readonly<Record<Unmet, ReasonCode>> = {
  contrary: 'claim_contrary',
  unknown: 'claim_unknown',
  expired: 'claim_expired',
  conflicting: 'claim_conflicting',
  error: 'evaluation_error',
};

/** The order of L5: layer, then policy, then registry order. */
export function inOrder(reasons: readonly OracleReason[]): readonly OracleReason[] {
  const rank = (reason: OracleReason): readonly number[] => [
    LAYER_ORDER.indexOf(reason.layer),
    reason.policyRank,
    reason.kindRank,
  ];
  const once = reasons.filter(
    (one, index) => reasons.findIndex((other) => isSame(one, other)) === index,
  );
  return [...once].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    return left.map((n, i) => n - (right[i] ?? 0)).find((n) => n !== 0) ?? 0;
  });
}

function isSame(a: OracleReason, b: OracleReason): boolean {
  return (
    a.code === b.code && a.policy === b.policy && a.kindRank === b.kindRank && a.state === b.state
  );
}

/** A unit with what must be known of it before any policy is asked. */
export interface Judged {
  readonly subject: Subject;
  readonly unit: Unit;
  readonly nested: boolean;
}

/** The units of a candidate, ready to be judged. */
export function judgedUnits(subject: Subject, world: World): readonly Judged[] {
  return subject.units.map((unit) => ({ subject, unit, nested: isNested(subject, unit, world) }));
}

/**
 * What one policy's requirements do not find met on one unit. Whether each says once more that a target is
 * unknown or conflicting is not fixed; the comparison lets either be.
 */
export function requirementReasons(
  on: Judged,
  by: Applied,
  rank: number,
  world: World,
): readonly OracleReason[] {
  if (on.unit.trouble !== undefined) {
    return [];
  }
  if (!on.nested && !judgesAuthor(on.unit, by, world)) {
    return [];
  }
  return by.policy.requirements.flatMap(({ rule }, index): readonly OracleReason[] => {
    return find(rule, on, by.home, world).map((state) => ({
      code: CODE_OF_STATE[state],
      layer: 'requirements',
      policy: by.policy.id,
      requirement: rule.kind,
      state,
      policyRank: rank,
      kindRank: KIND_ORDER.indexOf(rule.kind) * 100 + index,
      certain: true,
    }));
  });
}

/**
 * A policy for models of some authors judges what is theirs or may be: a target is another's only if all names that
 * the policy can see for it say so, in the plain form `author/model`. What is left out by name must be spelt exactly;
 * what is meant, in any case.
 */
function judgesAuthor(unit: Unit, by: Applied, world: World): boolean {
  const { only, except } = by.policy.authors ?? {};
  const served = viewOf(by.home, world)
    .flatMap(({ document }) => document.targets)
    .filter((target) => target.id === unit.targetId && identityOf(target) === unit.identity)
    .flatMap((target) => target.serves ?? []);
  const named = [unit.model, ...served].filter((name) => name.includes('/'));
  const isOdd = named.some((name) => !/^[\p{L}\p{N}][\p{L}\p{N}._-]*\/[^/]+$/u.test(name));
  const authors = named.map((name) => name.slice(0, name.indexOf('/')));
  const lower = only?.map((name) => name.toLowerCase());
  return (
    isOdd ||
    authors.length === 0 ||
    ((lower === undefined || authors.some((name) => lower.includes(name.toLowerCase()))) &&
      (except === undefined || authors.some((name) => !except.includes(name))))
  );
}

/** A caller that sends on what the client wrote must not be told of a target with another model (L6). */
function mismatches({ unit }: Judged, world: World): boolean {
  const { caller, context } = world.request;
  return !caller.rewritesModel && !unit.reached && context.model !== unit.model;
}

/** A reason that no policy demands. */
function bare(code: ReasonCode, layer: Layer, kindRank: number): OracleReason {
  const state =
    code === 'model_mismatch'
      ? 'refused'
      : code === 'conflicting_target'
        ? 'conflicting'
        : 'unknown';
  return {
    code,
    layer,
    policy: '',
    requirement: '',
    state,
    policyRank: -1,
    kindRank,
    certain: true,
  };
}

/** What blocks a unit beside its requirements: identity, and the catalog. */
function bareReasons(on: Judged, world: World): readonly OracleReason[] {
  const demands = world.policies.some(
    ({ policy }) => policy.mode !== 'shadow' && policy.requirements.length > 0,
  );
  const { trouble } = on.unit;
  return [
    ...(mismatches(on, world) ? [bare('model_mismatch', 'identity', 0)] : []),
    ...(trouble === undefined
      ? []
      : [bare(trouble, 'catalog', trouble === 'unknown_target' ? 0 : 2)]),
    ...(demands && on.nested ? [bare('nested_gateway', 'catalog', 1)] : []),
  ];
}

/** What is found of a candidate: what blocks it in any case, what the request filters, what warn policies miss. */
export interface Findings {
  readonly subject: Subject;
  readonly blocking: readonly OracleReason[];
  readonly filtering: readonly OracleReason[];
  /** By rank of the warn policy. */
  readonly unmet: ReadonlyMap<number, readonly OracleReason[]>;
}

/** Everything that is found of a candidate; the reasons of all that it stands for unite. */
export function findingsOf(subject: Subject, world: World): Findings {
  const units = judgedUnits(subject, world);
  const of = (mode: 'enforce' | 'warn') =>
    [...world.policies.entries()].filter(([, { policy }]) => policy.mode === mode);
  const lists = [...of('enforce'), ...of('warn')].flatMap(([rank, by]) =>
    units.flatMap((on) => listReasons(on, by, rank, world)),
  );
  const demanded = (rank: number, by: Applied): readonly OracleReason[] =>
    inOrder(units.flatMap((on) => requirementReasons(on, by, rank, world)));
  return {
    subject,
    blocking: [
      ...units.flatMap((on) => bareReasons(on, world)),
      ...lists,
      ...of('enforce').flatMap(([rank, by]) => demanded(rank, by)),
    ],
    filtering: inOrder(units.flatMap((on) => filterReasons(on, world))),
    unmet: new Map(of('warn').map(([rank, by]) => [rank, demanded(rank, by)])),
  };
}
