import { ORIGIN_SUFFIX } from '../shared/envoy-names';
import type { TargetDeclaration } from '../../core/model/catalog';
import type { Finding } from '../../core/model/finding';
import type { PolicySet } from '../../core/model/policy-set';
import { DEAD_END } from '../shared/envoy-names';
import { isVertexWithoutPublisher, routesOf } from './api-routes';
import type { ApiRoute } from './api-routes';
import { findingAt, findingOfAll } from './finding';
import type { TargetFault } from './finding';
import { originOf } from './origin';
import type { Origin } from './origin';

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
  const declared = set.documents.flatMap(({ document }) => document.targets);
  const findings: Finding[] = [];
  const targets = new Map<string, HopTarget>();
  const ids = new Set(declared.map(({ id }) => id));
  for (const target of declared) {
    const hop = hopOf(target, set, accepts);
    const fault = 'code' in hop ? hop : (nameFault(hop, ids) ?? secondAddress(hop, targets));
    if (fault !== undefined) findings.push(findingAt(target, fault));
    else if (!('code' in hop)) targets.set(hop.id, hop);
  }
  if (targets.size === 0) findings.push(findingOfAll(NO_TARGETS, fileOf(set)));
  return { targets: [...targets.values()], findings };
}

function fileOf({ documents: [first] }: PolicySet): string {
  return first?.document.file ?? 'no file';
}

function hopOf(
  target: TargetDeclaration,
  set: PolicySet,
  accepts: (route: ApiRoute) => boolean,
): HopTarget | TargetFault {
  const endpoint = set.documents
    .flatMap(({ document }) => document.endpoints)
    .find(({ id, provider }) => id === target.endpoint && provider === target.provider);
  const origin = originOf(target, endpoint);
  if ('code' in origin) return origin;
  if (isVertexWithoutPublisher(origin)) return vertexFault(target);
  const routes = routesOf(target, origin).filter(accepts);
  if (routes.length === 0) return noApi(target);
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

function noApi({ id }: TargetDeclaration): TargetFault {
  return {
    severity: 'warning',
    code: 'no_api',
    message: `the target \`${id}\` speaks no API that the configuration can lead to it, so it leaves it out`,
    help: 'state what it speaks in `apis`, such as `chat_completions`',
  };
}

const NO_TARGETS: TargetFault = {
  severity: 'error',
  code: 'no_targets',
  message: 'no target is left that the configuration could lead to',
  help: 'name a catalog whose targets state `endpoint: { host: HOST }`',
};
