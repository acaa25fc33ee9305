import type { Cluster } from '../model/cluster';
import { insideOf, isSingle, listenerSpot, ownersOf, singlesOf } from '../model/target-places';
import { listenerNameOf } from '../../shared/envoy-names';
import { quote } from '../quote';
import type { Rule } from '../rule';

/** Not every hop is named after its target; where it is not, nobody sees at a glance what a name in Ambit’s answer leads to. */
export const otherListener: Rule = {
  code: 'other_listener',
  severity: 'warning',
  meaning: 'a target leads to an internal listener that is named after something else',
  remedy: 'name the listener `to-` and the id of the target, as `ambit envoy config` does',
  check: (model) => {
    const owners = ownersOf(singlesOf(model));
    return model.targets.filter(isOnly).flatMap(({ name, endpoints }) =>
      insideOf({ endpoints })
        .filter(
          ({ listener }) => owners.get(listener) === name && listener !== listenerNameOf(name),
        )
        .map(({ listener, node }) => ({
          at: listenerSpot(node),
          message: `${quote(name)} leads to ${quote(listener)}, and not to ${quote(listenerNameOf(name))}`,
        })),
    );
  },
};

/** What leads to several places is no question of names. */
function isOnly(cluster: Cluster): boolean {
  return isSingle(cluster) && cluster.endpoints.length === 1;
}
