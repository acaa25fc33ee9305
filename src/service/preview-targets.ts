import type { Outcome } from '../core/model/decision';
import type { ReasonCode } from '../core/model/reason';
import { onlyVisible } from '../core/engine/catalog-view';
import type {
  PreviewAbsentee,
  PreviewCounts,
  PreviewModel,
  PreviewProvider,
} from './preview-document';
import { placeOf } from './preview-position';
import type { PreviewScene } from './preview-request';

/** One target of the catalog over all models that it is offered for. */
interface TargetSum {
  readonly provider: string;
  eligible: boolean;
  /** Codes of what blocks it, for any of its models. */
  readonly codes: Set<ReasonCode>;
}

/** What the preview says of targets and providers as a whole. */
export interface TargetSums {
  readonly counts: PreviewCounts;
  readonly providers: readonly PreviewProvider[];
  readonly notOffered: readonly PreviewAbsentee[];
}

/** Sums up the models. A target is eligible if it is for one of them. */
export function sumTargets(scene: PreviewScene, models: readonly PreviewModel[]): TargetSums {
  const sums = new Map<string, TargetSum>();
  for (const { anyModelOf, targets } of models) {
    if (anyModelOf !== undefined) continue;
    for (const { ref, provider, eligible, reasons } of targets) {
      const sum = sums.get(ref) ?? { provider, eligible: false, codes: new Set<ReasonCode>() };
      sum.eligible ||= eligible;
      if (!eligible) reasons.forEach(({ code }) => sum.codes.add(code));
      sums.set(ref, sum);
    }
  }
  const notOffered = absentees(scene, sums);
  const eligible = [...sums.values()].filter((sum) => sum.eligible).length;
  return {
    counts: {
      models: countModels(models),
      targets: { eligible, blocked: sums.size - eligible, notOffered: notOffered.length },
    },
    providers: sumProviders(models, [...sums.values()], notOffered),
    notOffered,
  };
}

function countModels(models: readonly PreviewModel[]): Readonly<Record<Outcome, number>> {
  const counts = { allow: 0, warn: 0, block: 0 };
  for (const { names, outcome } of models) counts[outcome] += names.length;
  return counts;
}

function absentees(
  { bundle, view }: PreviewScene,
  offered: ReadonlyMap<string, unknown>,
): readonly PreviewAbsentee[] {
  const left = bundle.catalog.targets.filter(({ identity }) => !offered.has(identity.id));
  const visible = new Set(onlyVisible(view, left));
  return left.map((target) => ({
    ref: target.identity.id,
    provider: target.identity.provider,
    why: visible.has(target) ? 'other_api' : 'other_scope',
    position: placeOf(target.declaration.position),
  }));
}

function sumProviders(
  models: readonly PreviewModel[],
  sums: readonly TargetSum[],
  notOffered: readonly PreviewAbsentee[],
): readonly PreviewProvider[] {
  const targetsOf = groupByProvider(sums);
  const absentOf = groupByProvider(notOffered);
  const anyOf = new Map(
    models.flatMap(({ anyModelOf, outcome }) =>
      anyModelOf === undefined ? [] : [[anyModelOf, outcome] as const],
    ),
  );
  const ids = new Set([...targetsOf.keys(), ...absentOf.keys(), ...anyOf.keys()]);
  return [...ids].map((id) => {
    const targets = targetsOf.get(id) ?? [];
    const eligible = targets.filter((target) => target.eligible).length;
    const any = anyOf.get(id);
    return {
      id,
      eligible,
      blocked: targets.length - eligible,
      notOffered: absentOf.get(id)?.length ?? 0,
      codes: countCodes(targets.filter((target) => !target.eligible)),
      ...(any === undefined ? {} : { anyModel: any === 'block' ? 'blocked' : 'eligible' }),
    };
  });
}

function groupByProvider<T extends { readonly provider: string }>(
  values: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(value.provider);
    if (group === undefined) groups.set(value.provider, [value]);
    else group.push(value);
  }
  return groups;
}

function countCodes(blocked: readonly TargetSum[]): PreviewProvider['codes'] {
  const counts = new Map<ReasonCode, number>();
  for (const code of blocked.flatMap(({ codes }) => [...codes])) {
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts]
    .map(([code, targets]) => ({ code, targets }))
    .sort((left, right) => right.targets - left.targets);
}
