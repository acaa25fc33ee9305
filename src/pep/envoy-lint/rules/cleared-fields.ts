import type { EnvoyModel } from '../model/envoy-model';
import { field, text } from '../model/fields';
import { bodyChanges, keptFields, replaces } from '../model/hop-body';
import { leadingRoutes } from '../model/levels';
import { contextsOf, type Manager } from '../model/manager';
import type { Route } from '../model/routes';
import { quote } from '../quote';
import type { Hit, Rule } from '../rule';

/** Fields by which a request gets at other targets, tools, files, earlier answers or background work. */
const CHOOSING_FIELDS: readonly string[] = [
  ...['models', 'provider', 'providers', 'provider_options', 'providerOptions', 'route'],
  ...['fallback', 'fallbacks', 'plugins', 'inference_geo', 'service_tier'],
  ...['tools', 'tool_choice', 'functions', 'mcp_servers', 'container', 'web_search_options'],
  ...['previous_response_id', 'conversation', 'background', 'attachments', 'prompt'],
];

/** Ambit takes the word of the configuration, and cannot check it. */
export const unclearedFields: Rule = {
  code: 'uncleared_fields',
  severity: 'error',
  meaning: 'Ambit is told that fields which choose targets or features are gone, and they are not',
  remedy:
    'let each internal listener replace the body by a list of harmless fields with `store: false`, or remove `ambit.routing_fields`',
  check: (model) =>
    saysCleared(model)
      ? model.hops.flatMap((hop) =>
          leadingRoutes(hop, model.leadingClusters).flatMap((route) => routeHits(hop, route)),
        )
      : [],
};

function saysCleared({ asking }: EnvoyModel): boolean {
  return asking
    .flatMap(contextsOf)
    .some((context) => text(field(context, 'ambit.routing_fields')) === 'cleared');
}

function routeHits(hop: Manager, route: Route): readonly Hit[] {
  const clearing = bodyChanges(hop, route).filter(({ body }) => replaces(body));
  if (clearing.length === 0) {
    const to = quote(text(route.action, 'cluster') ?? '');
    const message = `on the way to ${to} the body keeps every field, such as tools, files and lists of other models`;
    return [{ at: field(route.action, 'cluster') ?? route.node, message }];
  }
  return clearing
    .flatMap(({ body }) => keptFields(body))
    .filter(([name, value]) => CHOOSING_FIELDS.includes(name) || isOpenStore(name, text(value)))
    .map(([name, at]) => ({
      at,
      message: `${quote(name)} of the client’s body goes through, and nobody has judged it`,
    }));
}

function isOpenStore(name: string, value: string | undefined): boolean {
  return name === 'store' && value !== 'false';
}
