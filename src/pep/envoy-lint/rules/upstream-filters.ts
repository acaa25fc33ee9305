import { each, field, text } from '../model/fields';
import type { EnvoyModel } from '../model/envoy-model';
import { leadingHttpOptions } from '../model/http-options';
import { filtersOf } from '../model/manager';
import { typedConfig } from '../model/typed';
import { TYPES } from '../model/types';
import { quote } from '../quote';
import type { Rule } from '../rule';
import type { ConfigNode } from '../yaml/config-node';

/** They run after everything that the rules look at, and can undo it. */
export const upstreamFilters: Rule = {
  code: 'upstream_filters',
  severity: 'error',
  meaning:
    'filters of a cluster or router change what is sent to a provider, behind all that is checked',
  remedy: 'move them into the internal listener of the target, in front of what guards it',
  check: (model) =>
    [...clusterFilters(model), ...routerFilters(model)]
      .filter((filter) => typedConfig(filter)?.type !== TYPES.upstreamCodec)
      .map((filter) => ({
        at: field(filter, 'name') ?? filter,
        message: `${quote(text(filter, 'name') ?? '')} could put back what was taken away, or write another model`,
      })),
};

function clusterFilters(model: EnvoyModel): readonly ConfigNode[] {
  return leadingHttpOptions(model).flatMap((options) => each(options, 'http_filters'));
}

function routerFilters({ asking, hops }: EnvoyModel): readonly ConfigNode[] {
  return [...asking, ...hops]
    .flatMap((manager) => filtersOf(manager, TYPES.router))
    .flatMap(({ body }) => each(body, 'upstream_http_filters'));
}
