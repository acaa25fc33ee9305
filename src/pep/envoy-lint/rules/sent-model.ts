import type { EnvoyModel } from '../model/envoy-model';
import { entry, field, text } from '../model/fields';
import { bodyChanges, losesModel, modelIn, writesModel } from '../model/hop-body';
import { httpOptionsOf } from '../model/http-options';
import { isBlind } from '../model/body-settings';
import { leadingRoutes } from '../model/levels';
import type { Manager } from '../model/manager';
import type { Route } from '../model/routes';
import { quote } from '../quote';
import type { Hit, Rule } from '../rule';
import type { ConfigNode } from '../yaml/config-node';

const REMEDY =
  'write the model of the target in its internal listener, by the filter `transform`, as `ambit envoy config` does';

/** Ambit judges the target’s own model; the client may have written another name. */
export const clientModelSent: Rule = {
  code: 'client_model_sent',
  severity: 'warning',
  meaning: 'a provider is sent the model that the client wrote, and not the one that Ambit judged',
  remedy: `${REMEDY}; or say in Ambit’s configuration that this caller does not rewrite`,
  check: (model) => (isShown(model) ? clientModels(model) : []),
};

/** Where Ambit does not see the body, only rewriting makes sure that its judgement and the request are of one model. */
export const unseenModelSent: Rule = {
  code: 'unseen_model_sent',
  severity: 'error',
  meaning: 'Ambit does not see the body, and a provider is sent the model that stands there',
  remedy: REMEDY,
  check: (model) => (model.askingFilters.some(isBlind) ? clientModels(model) : []),
};

function isShown({ askingFilters }: EnvoyModel): boolean {
  return askingFilters.length > 0 && !askingFilters.some(isBlind);
}

function clientModels(model: EnvoyModel): readonly Hit[] {
  return [
    ...model.hops.flatMap((hop) =>
      leadingRoutes(hop, model.leadingClusters)
        .filter((route) => !isHeld(hop, route))
        .map(({ node, action }) => ({
          at: field(action, 'cluster') ?? node,
          message: `nothing on the way to ${quote(text(action, 'cluster') ?? '')} writes the model, so the client’s own goes through, which may be another one (or a second one beside it)`,
        })),
    ),
    ...model.targets
      .filter(
        ({ endpoints, node }) =>
          endpoints.some(({ kind }) => kind !== 'internal') && !hasFilters(node),
      )
      .map(({ node, name }) => ({
        at: field(node, 'name') ?? node,
        message: `${quote(name)} is connected to directly, and nothing writes its model into the request`,
      })),
  ];
}

/** The body names the model of the target, or its path does and the body is left alone on purpose. */
function isHeld(hop: Manager, route: Route): boolean {
  const changes = bodyChanges(hop, route);
  const last = changes.findLastIndex(({ body }) => writesModel(body));
  if (last >= 0 && changes.slice(last).some(({ body }) => losesModel(body))) return false;
  const writing = changes.filter(({ filter }) => writesModel(filter.body));
  if (writing.length === 0) return last >= 0;
  return writing.every(({ body, filter }) => writesModel(body) || pathNames(route, filter.body));
}

/** True if the path that is written names the very model that stands at the filter. */
function pathNames({ action }: Route, filter: ConfigNode): boolean {
  const path = text(action, 'regex_rewrite', 'substitution');
  const model = modelIn(filter);
  return path !== undefined && model !== undefined && path.includes(encodeURIComponent(model));
}

function hasFilters(cluster: EnvoyModel['listeners'][number]): boolean {
  return entry(httpOptionsOf(cluster), 'http_filters') !== undefined;
}
