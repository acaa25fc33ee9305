import type { EnvoyModel } from './envoy-model';
import { field, text } from './fields';
import { contextsOf } from './manager';

/** True if Ambit is told that fields which choose targets or features are gone from the body. */
export function isToldCleared({ asking }: Pick<EnvoyModel, 'asking'>): boolean {
  return asking
    .flatMap(contextsOf)
    .some((context) => text(field(context, 'ambit.routing_fields')) === 'cleared');
}
