import type { Feature } from '../../core/model/api';
import type { Metadata } from '../../gen/envoy/service/auth/v3/external_auth';
import type { ReadableApi } from './api-paths';
import { EVERY_FEATURE } from './features';
import { problemOfModel } from './routing-fields';
import type { NamedModel } from './routing-fields';

/** The namespace into which `json_to_metadata` lifts fields of the body. */
const NAMESPACE = 'ambit.request';

/**
 * Reads what Envoy lifted out of a body that Ambit never sees. Envoy lifts scalars only and sees no doubled key, so
 * what else the body asks for is unknown: it counts as every feature, unless the operator states that the hop to the
 * provider deletes all of it and sets `store` to false.
 */
export function readLifted(
  api: ReadableApi,
  metadata: Metadata | undefined,
  hopClearsRoutingFields: boolean,
): NamedModel | { readonly problem: string } {
  const lifted = metadata?.filterMetadata.get(NAMESPACE);
  if (lifted === undefined) return { problem: 'the request has no body' };
  // `on_missing` and `on_error` set the state; a state beside a model would be a contradiction.
  if (lifted['model_state'] !== undefined) return { problem: 'the body has no readable `model`' };
  const model: unknown = lifted['model'];
  const problem = problemOfModel(model);
  if (problem !== undefined || typeof model !== 'string') {
    return { problem: problem ?? 'the field `model` must be a text' };
  }
  return { model, features: hopClearsRoutingFields ? leftBy(api) : EVERY_FEATURE };
}

/** What a cleared body still uses: nothing but, for the APIs that store by default, the word not to. */
function leftBy(api: ReadableApi): readonly Feature[] {
  return api === 'responses' ? ['no_store'] : [];
}
