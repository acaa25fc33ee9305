/** The types that rules speak of, without `envoy.extensions.`. */
export const TYPES = {
  manager: 'filters.network.http_connection_manager.v3.HttpConnectionManager',
  tcpProxy: 'filters.network.tcp_proxy.v3.TcpProxy',
  earlyMutation: 'http.early_header_mutation.header_mutation.v3.HeaderMutation',
  extAuthz: 'filters.http.ext_authz.v3.ExtAuthz',
  extAuthzPerRoute: 'filters.http.ext_authz.v3.ExtAuthzPerRoute',
  rbac: 'filters.http.rbac.v3.RBAC',
  rbacPerRoute: 'filters.http.rbac.v3.RBACPerRoute',
  router: 'filters.http.router.v3.Router',
  transform: 'filters.http.transform.v3.TransformConfig',
  headerMutation: 'filters.http.header_mutation.v3.HeaderMutation',
  jsonToMetadata: 'filters.http.json_to_metadata.v3.JsonToMetadata',
  credentialInjector: 'filters.http.credential_injector.v3.CredentialInjector',
  lua: 'filters.http.lua.v3.Lua',
  upstreamCodec: 'filters.http.upstream_codec.v3.UpstreamCodec',
  matching: 'common.matching.v3.ExtensionWithMatcher',
  priorityGroup: 'router.cluster_specifiers.priority_group.v3.PriorityGroupClusterSpecifier',
  overrideHost: 'load_balancing_policies.override_host.v3.OverrideHost',
  subset: 'load_balancing_policies.subset.v3.Subset',
  upstreamTls: 'transport_sockets.tls.v3.UpstreamTlsContext',
} as const;

/** The namespace in which `ext_authz` leaves what Ambit answered. */
export const DECISION_NAMESPACE = 'envoy.filters.http.ext_authz';

/** The namespace in which Ambit expects what was lifted out of a body. */
export const LIFTED_NAMESPACE = 'ambit.request';
