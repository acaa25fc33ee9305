import type { TargetDeclaration } from '../../core/model/catalog';
import type { Finding } from '../../core/model/finding';
import type { PolicySet } from '../../core/model/policy-set';
import { targetIdentity } from '../../core/policy/check-identities';
import { DEAD_END, ORIGIN_SUFFIX } from '../shared/envoy-names';
import { isVertexWithoutPublisher, routesOf } from './api-routes';
import type { ApiRoute } from './api-routes';
import { findingAt } from './finding';
import type { TargetFault } from './finding';
import { originOf } from './origin';
import { noApi, noTargets, unseenApi } from './missing-targets';
import type { DeclaredTarget, Origin } from './origin';

/** A target that the configuration leads to. */
export interface HopTarget {
  readonly id: string;
  readonly model: string;
  readonly origin: Origin;
  readonly routes: readonly ApiRoute[];
}

/** The targets of a set as far as the configuration can have them, and what is said of the others. */
export interface HopTargets {
  readonly targets: readonly HopTarget[];
  readonly findings: readonly Finding[];
}

/** The cluster that Ambit is asked through. */
const AMBIT_CLUSTER = 'ambit';

/** The one cluster of the portable variant that holds all targets. */
export const TARGETS_CLUSTER = 'targets';

/** Reads the targets, in file order. `accepts` tells which routes the way of reading requests allows. */
export function hopTargetsOf(set: PolicySet, accepts: (route: ApiRoute) => boolean): HopTargets {
  const declared = declaredIn(set);
  const faults: FaultyTarget[] = [];
  const addressed = new Set<string>();
  const targets = new Map<string, HopTarget>();
  const ids = new Set(declared.map(({ target }) => target.id));
  for (const each of declared) {
    const hop = hopOf(each, set, accepts);
    const fault = 'code' in hop ? hop : (nameFault(hop, ids) ?? secondAddress(hop, targets));
    if (fault !== undefined) faults.push({ ...each, fault });
    else if (!('code' in hop)) {
      targets.set(hop.id, hop);
      addressed.add(keyOf(each.target));
    }
  }
  const findings = findingsOf(faults, addressed);
  const isTold = findings.some(({ severity }) => severity === 'error');
  if (targets.size === 0 && !isTold)
    return { targets: [], findings: [...findings, noTargets(set)] };
  return { targets: [...targets.values()], findings };
}

interface FaultyTarget extends DeclaredTarget {
  readonly fault: TargetFault;
}

function declaredIn({ documents }: PolicySet): readonly DeclaredTarget[] {
  return documents.flatMap(({ document: { targets, dialect } }) =>
    targets.map((target) => ({ target, dialect })),
  );
}

function findingsOf(
  faults: readonly FaultyTarget[],
  addressed: ReadonlySet<string>,
): readonly Finding[] {
  return faults
    .filter(({ target, fault }) => fault.code !== 'no_address' || !addressed.has(keyOf(target)))
    .map(({ target, fault }) => findingAt(target, fault));
}

/** Files may add to each other's targets, so that an address counts for every declaration of the very same one. */
function keyOf(target: TargetDeclaration): string {
  return JSON.stringify([target.id, targetIdentity(target)]);
}

function hopOf(
  { target, dialect }: DeclaredTarget,
  set: PolicySet,
  accepts: (route: ApiRoute) => boolean,
): HopTarget | TargetFault {
  const endpoint = set.documents
    .flatMap(({ document }) => document.endpoints)
    .find(({ id, provider }) => id === target.endpoint && provider === target.provider);
  const origin = originOf({ target, dialect }, endpoint);
  if ('code' in origin) return origin;
  if (isVertexWithoutPublisher(origin)) return vertexFault(target);
  const spoken = routesOf(target, origin);
  const routes = spoken.filter(accepts);
  if (routes.length === 0) return spoken.length === 0 ? noApi(target) : unseenApi(target);
  return { id: target.id, model: target.model, origin, routes };
}

/** The names of clusters share one space with the ids of targets. */
function nameFault({ id }: HopTarget, ids: ReadonlySet<string>): TargetFault | undefined {
  const isOrigin = id.endsWith(ORIGIN_SUFFIX) && ids.has(id.slice(0, -ORIGIN_SUFFIX.length));
  if (![DEAD_END, AMBIT_CLUSTER, TARGETS_CLUSTER].includes(id) && !isOrigin) return undefined;
  return {
    severity: 'error',
    code: 'reserved_name',
    message: `\`${id}\` is the name of another cluster of the configuration`,
    help: 'give the target another id',
  };
}

/** Files that are bound to scopes may declare one id several times; Envoy knows one address of it. */
function secondAddress(
  hop: HopTarget,
  targets: ReadonlyMap<string, HopTarget>,
): TargetFault | undefined {
  const first = targets.get(hop.id);
  if (first === undefined || JSON.stringify(first) === JSON.stringify(hop)) return undefined;
  return {
    severity: 'error',
    code: 'two_addresses',
    message: `\`${hop.id}\` is declared twice, with different addresses or models`,
    help: 'give the two different ids, or write a configuration for each scope',
  };
}

function vertexFault({ id }: TargetDeclaration): TargetFault {
  return {
    severity: 'error',
    code: 'unusable_prefix',
    at: 'pathPrefix',
    message: `the path prefix of \`${id}\` does not say whose project, location and publisher it is`,
    help: 'write `path_prefix: /v1/projects/PROJECT/locations/LOCATION/publishers/PUBLISHER`',
  };
}
