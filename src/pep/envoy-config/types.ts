/** Where the messages of Envoy's configuration are; each name follows it. */
const PREFIX = 'type.googleapis.com/envoy';

const HTTP_FILTERS = `${PREFIX}.extensions.filters.http`;

/** The types that a configuration uses, by what they are here. */
export const TYPES = {
  manager: `${PREFIX}.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager`,
  earlyMutation: `${PREFIX}.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation`,
  expression: `${PREFIX}.extensions.access_loggers.filters.cel.v3.ExpressionFilter`,
  fileLog: `${PREFIX}.extensions.access_loggers.file.v3.FileAccessLog`,
  extAuthz: `${HTTP_FILTERS}.ext_authz.v3.ExtAuthz`,
  extAuthzPerRoute: `${HTTP_FILTERS}.ext_authz.v3.ExtAuthzPerRoute`,
  rbac: `${HTTP_FILTERS}.rbac.v3.RBAC`,
  router: `${HTTP_FILTERS}.router.v3.Router`,
  lua: `${HTTP_FILTERS}.lua.v3.Lua`,
  transform: `${HTTP_FILTERS}.transform.v3.TransformConfig`,
  headerMutation: `${HTTP_FILTERS}.header_mutation.v3.HeaderMutation`,
  jsonToMetadata: `${HTTP_FILTERS}.json_to_metadata.v3.JsonToMetadata`,
  credentialInjector: `${HTTP_FILTERS}.credential_injector.v3.CredentialInjector`,
  genericCredential: `${PREFIX}.extensions.http.injected_credentials.generic.v3.Generic`,
  priorityGroup: `${PREFIX}.extensions.router.cluster_specifiers.priority_group.v3.PriorityGroupClusterSpecifier`,
  httpOptions: `${PREFIX}.extensions.upstreams.http.v3.HttpProtocolOptions`,
  upstreamTls: `${PREFIX}.extensions.transport_sockets.tls.v3.UpstreamTlsContext`,
  secret: `${PREFIX}.extensions.transport_sockets.tls.v3.Secret`,
  internalListener: `${PREFIX}.extensions.bootstrap.internal_listener.v3.InternalListener`,
  overrideHost: `${PREFIX}.extensions.load_balancing_policies.override_host.v3.OverrideHost`,
  subset: `${PREFIX}.extensions.load_balancing_policies.subset.v3.Subset`,
  roundRobin: `${PREFIX}.extensions.load_balancing_policies.round_robin.v3.RoundRobin`,
} as const;
