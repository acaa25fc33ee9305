import type { ConfigNode } from '../yaml/config-node';
import { each, field } from './fields';
import type { Manager } from './manager';
import { typedConfig, type Typed } from './typed';
import { TYPES } from './types';

/** The extensions by which the routes of a manager walk the list of targets. */
export function prioritySpecifiers({ routes }: Manager): readonly Typed[] {
  return routes
    .flatMap(({ destinations }) => destinations)
    .flatMap((each) => (each.kind === 'specifier' ? (each.typed ?? []) : []))
    .filter(({ type }) => type === TYPES.priorityGroup);
}

/** The load balancers of a cluster, of which Envoy takes the first that it knows. */
export function balancersOf(holder: ConfigNode | undefined): readonly Typed[] {
  return each(holder, 'policies').flatMap(
    (policy) => typedConfig(field(policy, 'typed_extension_config')) ?? [],
  );
}

/** The load balancers of a cluster that take the endpoint from Ambit's answer. */
export function overrideBalancers(cluster: ConfigNode): readonly Typed[] {
  const balancers = balancersOf(field(cluster, 'load_balancing_policy'));
  // What stands behind one that Envoy knows is never used.
  if (balancers[0]?.type !== TYPES.overrideHost) return [];
  return balancers.filter(({ type }) => type === TYPES.overrideHost);
}
