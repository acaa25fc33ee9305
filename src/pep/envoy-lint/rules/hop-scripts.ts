import { field, text } from '../model/fields';
import { bodyChanges, replaces } from '../model/hop-body';
import { leadingRoutes } from '../model/levels';
import { alwaysRuns, filtersOf, type HttpFilter, type Manager } from '../model/manager';
import { isToldCleared } from '../model/told';
import { TYPES } from '../model/types';
import { keepsKnownHeaders, keepsTexts } from '../../shared/hop-scripts';
import type { Rule } from '../rule';

/** Gateways read headers of their own, by which a client would choose what is behind a target. */
export const clientHeadersPass: Rule = {
  code: 'client_headers_pass',
  severity: 'warning',
  meaning: 'a provider is sent headers of the client that nobody has judged',
  remedy:
    'let each internal listener pass known headers only, by the filter `known-headers` that `ambit envoy config` writes',
  check: ({ hops }) =>
    hops
      .filter((hop) => scriptsOf(hop, keepsKnownHeaders).length === 0)
      .map(({ listener }) => ({
        at: listener,
        message:
          'headers that choose a model, account, version or provider behind this one pass as the client writes them',
      })),
};

/** A message can refer to stored files or earlier answers, deeper than the fields that are kept. */
export const unreadParts: Rule = {
  code: 'unread_parts',
  severity: 'error',
  meaning:
    'Ambit is told that features are gone from the body, and parts of messages are not looked at',
  remedy:
    'put the filter `text-only` behind the one that clears the fields, as `ambit envoy config` does, or remove `ambit.routing_fields`',
  check: (model) =>
    isToldCleared(model)
      ? model.hops.flatMap((hop) =>
          clearingFilters(hop, model.leadingClusters)
            .filter((filter) => !isFollowed(hop, filter))
            .map(({ node }) => ({
              at: field(node, 'name') ?? node,
              message:
                'files, earlier answers and what else a part of a message can name go through, and nobody has judged them',
            })),
        )
      : [],
};

function clearingFilters(hop: Manager, leading: ReadonlySet<string>): readonly HttpFilter[] {
  const changes = leadingRoutes(hop, leading).flatMap((route) => bodyChanges(hop, route));
  const clearing = changes.filter(({ body }) => replaces(body)).map(({ filter }) => filter);
  return [...new Set(clearing)];
}

function isFollowed(hop: Manager, clearing: HttpFilter): boolean {
  const position = hop.filters.indexOf(clearing);
  return scriptsOf(hop, keepsTexts).some((script) => hop.filters.indexOf(script) > position);
}

function scriptsOf(hop: Manager, isScript: (source: string) => boolean): readonly HttpFilter[] {
  return filtersOf(hop, TYPES.lua).filter(
    (filter) =>
      alwaysRuns(hop, filter) &&
      isScript(text(filter.body, 'default_source_code', 'inline_string') ?? ''),
  );
}
