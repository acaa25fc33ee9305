import type { EnvoyModel } from '../model/envoy-model';
import { entry, field, isTrue, keySpot, valueSpot } from '../model/fields';
import { demands, isAllowDecision } from '../model/guard';
import { leadingOverrides } from '../model/levels';
import { filtersAfter, isOff, type HttpFilter, type Manager } from '../model/manager';
import type { Override } from '../model/typed';
import { TYPES } from '../model/types';
import { quote } from '../quote';
import type { Hit, Rule } from '../rule';

const REMEDY =
  'put the filter `decision-guard` directly behind `ext_authz`, as `ambit envoy config` writes it';

/** `ext_authz` takes an empty answer for a yes, and a route can switch it off: something must ask for the decision. */
export const noGuard: Rule = {
  code: 'no_guard',
  severity: 'error',
  meaning: 'nothing behind `ext_authz` demands that Ambit has said yes',
  remedy: REMEDY,
  check: ({ asking }) =>
    asking
      .filter((manager) => guardsOf(manager).length === 0)
      .map((manager) => ({
        at: keySpot(manager.node, 'http_filters'),
        message:
          'an empty answer, which `ext_authz` takes for a yes, passes, as does a route without it',
      })),
};

/** A guard that lets other things pass, or only counts them, guards nothing. */
export const weakGuard: Rule = {
  code: 'weak_guard',
  severity: 'error',
  meaning: 'the guard behind `ext_authz` lets pass what Ambit has not allowed',
  remedy:
    'let `rules` have `action: ALLOW`, and each policy demand `decision` of `envoy.filters.http.ext_authz` to be `allow`',
  check: ({ asking }) =>
    asking.flatMap((manager) => {
      const guards = guardsOf(manager);
      const [first] = guards;
      if (first === undefined || guards.some(isStrong)) return [];
      return [
        {
          at: weakSpot(first),
          message: 'this guard does not demand that Ambit has answered `allow`',
        },
      ];
    }),
};

/** Between the decision and the guard the metadata could still be changed. */
export const distantGuard: Rule = {
  code: 'distant_guard',
  severity: 'warning',
  meaning: 'other filters run between `ext_authz` and its guard',
  remedy: 'move the guard directly behind `ext_authz`',
  check: ({ asking }) =>
    asking.flatMap((manager) => {
      const [next] = filtersAfter(manager, TYPES.extAuthz);
      const guard = guardsOf(manager).find(isStrong);
      if (guard === undefined || next === guard || next === undefined) return [];
      const message = `${quote(next.name)} runs before the guard, and could write the decision that the guard asks for`;
      return [{ at: next.node, message }];
    }),
};

/** Where the guard is off, an empty answer or a disabled `ext_authz` lets everything through. */
export const disabledGuard: Rule = {
  code: 'disabled_guard',
  severity: 'error',
  meaning:
    'the guard is switched off or replaced, for all requests or on a route, virtual host or cluster',
  remedy: 'remove it, so that the guard holds everywhere',
  check: ({ asking, leadingClusters }: EnvoyModel) =>
    asking.flatMap((manager) =>
      guardsOf(manager)
        .filter(isStrong)
        .flatMap((guard) => [
          ...switchedOff(guard),
          ...overridden(leadingOverrides(manager, leadingClusters), guard),
        ]),
    ),
};

function guardsOf(manager: Manager): readonly HttpFilter[] {
  return filtersAfter(manager, TYPES.extAuthz).filter(({ type }) => type === TYPES.rbac);
}

function isStrong({ body, isConditional }: HttpFilter): boolean {
  return !isConditional && demands(body, isAllowDecision);
}

function weakSpot({ node, body }: HttpFilter): HttpFilter['node'] {
  return field(body, 'rules', 'action') ?? field(body, 'rules', 'policies') ?? node;
}

function switchedOff(guard: HttpFilter): readonly Hit[] {
  const keys = ['disabled', 'is_optional'].filter((key) => isTrue(guard.node, key));
  return keys.map((key) => ({
    at: valueSpot(guard.node, key),
    message: 'the guard does not run, so that an answer without a decision passes',
  }));
}

function overridden(overrides: readonly Override[], guard: HttpFilter): readonly Hit[] {
  if (isOff(guard)) return [];
  return overrides
    .filter(({ filter }) => filter === guard.name)
    .filter(weakens)
    .map(({ disabledAt, entry: at }) => ({
      at: disabledAt ?? at.key,
      message: 'the guard does not hold here, so that an answer without a decision passes',
    }));
}

function weakens({ disabledAt, body }: Override): boolean {
  const rules = entry(body, 'rbac')?.value;
  return disabledAt !== undefined || rules === undefined || !demands(rules, isAllowDecision);
}
