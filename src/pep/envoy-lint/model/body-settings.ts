import type { ConfigNode } from '../yaml/config-node';
import type { AskingFilter } from './envoy-model';
import { entry, field, items, text } from './fields';
import { overridesOf } from './manager';
import { LIFTED_NAMESPACE } from './types';

/** What says which part of a body Ambit is shown: at the filter, and on routes. */
export function bodySettings({ manager, filter }: AskingFilter): readonly ConfigNode[] {
  const routes = overridesOf(manager).filter((each) => each.filter === filter.name);
  return [
    field(filter.body, 'with_request_body'),
    ...routes.map(({ body }) => field(body, 'check_settings', 'with_request_body')),
  ].filter((settings) => settings !== undefined);
}

/** True if Ambit is shown what `json_to_metadata` lifts, and no body. */
export function isBlind({ filter: { body } }: AskingFilter): boolean {
  const namespaces = items(field(body, 'metadata_context_namespaces')).map((each) => text(each));
  return namespaces.includes(LIFTED_NAMESPACE) && entry(body, 'with_request_body') === undefined;
}
