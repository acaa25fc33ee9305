import { listReasons } from './lists';
import { agreedProvider, mayMean } from './tables';
import { inOrder, judgedUnits, requirementReasons } from './reasons';
import type { OraclePolicy, OracleShadow, OracleWarning, Subject, World } from './types';

/** The policies that applied, shadow ones too. */
export function appliedPolicies({ policies }: World): readonly OraclePolicy[] {
  return policies.map(({ policy: { id, mode }, counts }) => ({ id, mode, counts }));
}

/** What shadow policies would have said: lists and requirements, on all that a candidate stands for (L9). */
export function shadowReasons(subjects: readonly Subject[], world: World): readonly OracleShadow[] {
  const shadow = [...world.policies.entries()].filter(([, { policy }]) => policy.mode === 'shadow');
  return shadow.flatMap(([rank, by]) =>
    subjects.flatMap((subject): readonly OracleShadow[] => {
      const reasons = inOrder(
        judgedUnits(subject, world).flatMap((on) => [
          ...listReasons(on, by, rank, world),
          ...requirementReasons(on, by, rank, world),
        ]),
      );
      const { ref } = subject.candidate;
      return reasons.length === 0 ? [] : [{ policy: by.policy.id, ref, reasons }];
    }),
  );
}

/** What changed nothing and should be known: policies that gave way, names and scope keys that nothing has (L1). */
export function warningsOf(gaveWay: readonly number[], world: World): readonly OracleWarning[] {
  return [
    ...gaveWay.map((rank) => ({
      code: 'warn_policy_gave_way' as const,
      about: world.policies[rank]?.policy.id ?? '',
    })),
    ...unknownNames(world).map((about) => ({ code: 'unknown_preference_name' as const, about })),
    ...unusedKeys(world).map((about) => ({ code: 'unused_scope_key' as const, about })),
  ];
}

function unknownNames(world: World): readonly string[] {
  const { set, request } = world;
  const { only = [], ignore = [], order = [] } = request.context.preferences;
  const known = set.documents.flatMap(({ document }) => [
    ...document.providers.flatMap(({ id, aliases }) => [id, ...aliases]),
    ...document.targets.map(({ id }) => id),
  ]);
  const lower = known.map((name) => name.toLowerCase());
  const providers = set.documents.flatMap(({ document }) => document.providers);
  const isBanned = (name: string): boolean => providers.some(({ id }) => mayMean(name, id, world));
  return [
    ...new Set([
      ...[...only, ...order]
        .filter((name) => !known.includes(name))
        .filter((name) => agreedProvider(name, world) === undefined),
      ...ignore
        .filter((name) => !lower.includes(name.toLowerCase()))
        .filter((name) => !isBanned(name)),
    ]),
  ];
}

function unusedKeys({ set, request }: World): readonly string[] {
  const named = [
    ...set.settings.scopeValues.keys(),
    ...set.documents.flatMap(({ binding, document }) => [
      ...(binding?.keys() ?? []),
      ...document.policies.flatMap(({ scope }) => [...scope.keys()]),
    ]),
  ];
  return [...request.context.scope.keys()].filter((key) => !named.includes(key));
}
