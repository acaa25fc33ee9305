import { isMap, isSeq, type Document, type YAMLMap } from 'yaml';

import { find, MANAGER, type ConfigEdit } from './envoy-config';
import type { TargetId } from './rig';

/** Does one after the other. */
export const all =
  (...edits: readonly ConfigEdit[]): ConfigEdit =>
  (config) => {
    for (const edit of edits) edit(config);
  };

const ingressOf = (config: Document): YAMLMap =>
  find(config, ['static_resources', 'listeners'], 'ingress');

/** A filter of the listener that clients reach. */
export const filterOf = (config: Document, name: string): YAMLMap =>
  find(ingressOf(config), [...MANAGER, 'http_filters'], name);

const extAuthzOf = (config: Document): YAMLMap => filterOf(config, 'envoy.filters.http.ext_authz');

/** The virtual host that all requests go through. */
const hostOf = (config: Document): YAMLMap =>
  find(ingressOf(config), [...MANAGER, 'route_config', 'virtual_hosts'], 'ai');

/** The routes of that host. */
export function routesOf(config: Document): readonly YAMLMap[] {
  const routes = hostOf(config).get('routes');
  if (!isSeq(routes)) throw new Error('the configuration has no routes');
  return routes.items.filter((route) => isMap(route));
}

/** For tests in which Ambit works: however slow the machine is, no request may fail for that. */
export const waitForAmbit: ConfigEdit = (config) => {
  extAuthzOf(config).setIn(['typed_config', 'grpc_service', 'timeout'], '20s');
};

/** What Envoy does not take, it answers and then waits for a second before it closes; here nobody has that time. */
export const closeAtOnce: ConfigEdit = (config) => {
  ingressOf(config).setIn([...MANAGER, 'delayed_close_timeout'], '0.05s');
};

/** Somebody's mistake: what could not be asked about may pass. */
export const allowOnFailure: ConfigEdit = (config) => {
  extAuthzOf(config).setIn(['typed_config', 'failure_mode_allow'], true);
};

/** Ambit is well, and Envoy may not ask it: the limit of its cluster, reached all the time. */
export const neverAsk: ConfigEdit = (config) => {
  const cluster = find(config, ['static_resources', 'clusters'], 'ambit');
  cluster.setIn(['circuit_breakers', 'thresholds', 0, 'max_requests'], 0);
};

/** How long a provider may be silent until the next one is tried. */
export const giveUpAfter =
  (duration: string): ConfigEdit =>
  (config) => {
    const retried = routesOf(config).filter((route) => route.hasIn(['route', 'retry_policy']));
    if (retried.length === 0) throw new Error('no route has a `retry_policy`');
    for (const route of retried) {
      route.setIn(['route', 'retry_policy', 'per_try_idle_timeout'], duration);
    }
  };

/** A port of 127.0.0.1 that no program takes unless it is told to, and none of these tests does. */
const CLOSED_PORT = 1;

/** Sends the requests to this target where nobody listens. */
export const refuseConnections =
  (target: TargetId): ConfigEdit =>
  (config) => {
    const cluster = find(config, ['static_resources', 'clusters'], `${target}-origin`);
    const first = ['load_assignment', 'endpoints', 0, 'lb_endpoints', 0, 'endpoint', 'address'];
    cluster.setIn([...first, 'socket_address', 'port_value'], CLOSED_PORT);
  };

const TENANT = [
  'typed_per_filter_config',
  'envoy.filters.http.ext_authz',
  'check_settings',
  'context_extensions',
  'tenant',
];

/** Adds a virtual host `TENANT.example` for each of them, like the one that is there but for its tenant. */
export const addTenants =
  (tenants: readonly string[]): ConfigEdit =>
  (config) => {
    const hosts = ingressOf(config).getIn([...MANAGER, 'route_config', 'virtual_hosts']);
    if (!isSeq(hosts)) throw new Error('the configuration has no virtual hosts');
    for (const tenant of tenants) {
      const host = config.createNode(hostOf(config).toJS(config)) as YAMLMap;
      if (!host.hasIn(TENANT)) throw new Error('the virtual host states no tenant');
      host.setIn(TENANT, tenant);
      host.set('name', tenant);
      host.set('domains', [`${tenant}.example`]);
      hosts.add(host);
    }
  };

const NAMESPACE = 'ambit.request';

const LIFT = {
  name: 'envoy.filters.http.json_to_metadata',
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.filters.http.json_to_metadata.v3.JsonToMetadata',
    request_rules: {
      rules: [
        {
          selectors: [{ key: 'model' }],
          on_present: { metadata_namespace: NAMESPACE, key: 'model' },
          on_missing: { metadata_namespace: NAMESPACE, key: 'model_state', value: 'missing' },
          on_error: { metadata_namespace: NAMESPACE, key: 'model_state', value: 'error' },
        },
      ],
    },
  },
};

/** As docs/envoy.md says: Envoy lifts the model, and Ambit never sees a body. */
export const hideBodies: ConfigEdit = (config) => {
  const extAuthz = extAuthzOf(config);
  extAuthz.deleteIn(['typed_config', 'with_request_body']);
  extAuthz.setIn(['typed_config', 'metadata_context_namespaces'], [NAMESPACE]);
  const filters = ingressOf(config).getIn([...MANAGER, 'http_filters']) as { items: unknown[] };
  filters.items.unshift(config.createNode(LIFT));
};
