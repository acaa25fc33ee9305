import { isFilledIn } from '../../../ports/envoy-operators';
import type { ConfigNode } from '../yaml/config-node';
import { each, entries, field, text } from './fields';
import { filtersOf, isOff, type HttpFilter, type Manager } from './manager';
import type { Route } from './routes';
import { overridesIn } from './typed';
import { TYPES } from './types';

/** What a filter that rewrites bodies does with the requests of a route. */
export interface BodyChange {
  readonly filter: HttpFilter;
  readonly body: ConfigNode;
  /** True if the route says so, and not the filter. */
  readonly isOverridden: boolean;
}

/** What happens to the body of a request on this route, in order. */
export function bodyChanges(manager: Manager, { node, host }: Route): readonly BodyChange[] {
  const holders = [
    node,
    host.node,
    ...(manager.routeTable === undefined ? [] : [manager.routeTable]),
  ];
  const overrides = holders.flatMap(overridesIn);
  return filtersOf(manager, TYPES.transform).flatMap((filter) => {
    const override = overrides.find((each) => each.filter === filter.name);
    const isIdle = override === undefined ? isOff(filter) : override.disabledAt !== undefined;
    if (isIdle || filter.isConditional) return [];
    return override === undefined
      ? { filter, body: filter.body, isOverridden: false }
      : { filter, body: override.body, isOverridden: true };
  });
}

/** True if it writes a model of the configuration, whatever the request says. */
export function writesModel(body: ConfigNode): boolean {
  return modelIn(body) !== undefined;
}

/** The model that it writes, whatever the request says; absent where it writes none. */
export function modelIn(body: ConfigNode): string | undefined {
  const model = text(modelNode(body));
  return model === undefined || isFilledIn(model) ? undefined : model.replaceAll('%%', '%');
}

/** Where it names the model. */
export function modelNode(body: ConfigNode): ConfigNode | undefined {
  return field(writtenBy(body), 'model');
}

/** True if the model behind it is not the one in front of it, and none of the configuration either. */
export function losesModel(body: ConfigNode): boolean {
  const format = field(body, 'request_transformation', 'body_transformation', 'body_format');
  if (format === undefined || writesModel(body)) return false;
  const isList = writtenBy(body)?.kind === 'map';
  return replaces(body) || !isList || field(writtenBy(body), 'model') !== undefined;
}

/** What it writes; absent where it changes no body. */
function writtenBy(body: ConfigNode): ConfigNode | undefined {
  return field(body, 'request_transformation', 'body_transformation', 'body_format', 'json_format');
}

/** True if nothing of the request's body is left but what it writes. */
export function replaces(body: ConfigNode): boolean {
  const action = text(body, 'request_transformation', 'body_transformation', 'action') ?? '';
  return ['REPLACE', '1'].includes(action);
}

/** The fields of the request's body that it passes on, or sets. */
export function keptFields(body: ConfigNode): readonly (readonly [string, ConfigNode])[] {
  return entries(writtenBy(body)).map(([name, { value }]) => [name, value]);
}

/** The headers by which it says that it has run. */
export function marksOf(body: ConfigNode): readonly string[] {
  return each(body, 'request_transformation', 'headers_mutations').flatMap(
    (mutation) => text(mutation, 'append', 'header', 'key')?.toLowerCase() ?? [],
  );
}
