import type { EnvoyModel } from '../model/envoy-model';
import { entry, field, isTrue, items, number } from '../model/fields';
import { leadingHttpOptions } from '../model/http-options';
import { holdersOf } from '../model/levels';
import type { Rule } from '../rule';
import type { ConfigEntry, ConfigNode } from '../yaml/config-node';

/** A mirror gets a copy of every prompt, and no decision is made about it. */
export const mirrored: Rule = {
  code: 'mirrored',
  severity: 'error',
  meaning: 'a copy of each request goes to another cluster, which Ambit is not asked about',
  remedy: 'remove `request_mirror_policies`',
  check: (model) =>
    [...leadingManagers(model).flatMap(holdersOf), ...leadingHttpOptions(model)].flatMap(
      (holder) => {
        const mirrors = entry(holder, 'request_mirror_policies');
        return mirrors === undefined || items(mirrors.value).length === 0
          ? []
          : [
              {
                at: mirrors.key,
                message: 'every prompt is copied to another cluster, whatever Ambit has decided',
              },
            ];
      },
    ),
};

/** Hedging sends a prompt to several targets at once, though the first one would have answered. */
export const hedged: Rule = {
  code: 'hedged',
  severity: 'error',
  meaning: 'a slow request is sent to a further target while the first one still has it',
  remedy: 'remove `hedge_policy`',
  check: (model) =>
    leadingManagers(model)
      .flatMap(holdersOf)
      .flatMap((holder) => {
        const policy = entry(holder, 'hedge_policy');
        return policy === undefined || !hedges(policy.value)
          ? []
          : [
              {
                at: policy.key,
                message:
                  'one prompt reaches several targets, and the log has no failed attempt for it',
              },
            ];
      }),
};

/** A provider that answers with a redirect would choose where the prompt goes next. */
export const redirected: Rule = {
  code: 'redirected',
  severity: 'error',
  meaning: 'Envoy follows redirects of a provider by itself',
  remedy: 'remove `internal_redirect_policy`; clients can follow, and are then judged again',
  check: (model) =>
    leadingManagers(model)
      .flatMap(holdersOf)
      .flatMap((holder) => {
        const action = entry(holder, 'internal_redirect_action');
        const follows =
          action !== undefined && /^(?:HANDLE_INTERNAL_REDIRECT|1)$/u.test(textOf(action));
        const found = entry(holder, 'internal_redirect_policy') ?? (follows ? action : undefined);
        return found === undefined
          ? []
          : [
              {
                at: found.key,
                message:
                  'a provider that answers with a redirect chooses the path by which the prompt is sent again',
              },
            ];
      }),
};

function leadingManagers({ asking, hops }: EnvoyModel): EnvoyModel['managers'] {
  return [...asking, ...hops];
}

function hedges(policy: ConfigNode): boolean {
  const chance = field(policy, 'additional_request_chance');
  return (
    isTrue(policy, 'hedge_on_per_try_timeout') ||
    (number(policy, 'initial_requests') ?? 1) > 1 ||
    (number(chance, 'numerator') ?? 0) > 0
  );
}

function textOf({ value }: ConfigEntry): string {
  return value.kind === 'scalar' ? value.text : '';
}
