import type { EnvoyModel } from '../model/envoy-model';
import { each } from '../model/fields';
import { transportsOf } from '../model/tls';
import { typedConfig } from '../model/typed';
import { TYPES } from '../model/types';
import { quote } from '../quote';
import type { Hit, Rule } from '../rule';

/** Filters of which the rules know what they can do to a request. */
const HTTP_FILTERS = new RegExp(
  `^filters\\.http\\.(?:${[
    ...['router', 'ext_authz', 'rbac', 'transform', 'header_mutation', 'json_to_metadata'],
    ...['credential_injector', 'lua', 'ext_proc', 'wasm', 'golang', 'dynamic_modules'],
    ...['cors', 'csrf', 'health_check', 'local_ratelimit', 'ratelimit', 'rate_limit_quota'],
    ...[
      'jwt_authn',
      'oauth2',
      'basic_auth',
      'api_key_auth',
      'buffer',
      'compressor',
      'decompressor',
    ],
    ...['fault', 'header_to_metadata', 'set_metadata', 'set_filter_state', 'bandwidth_limit'],
    ...[
      'admission_control',
      'adaptive_concurrency',
      'ip_tagging',
      'geoip',
      'grpc_stats',
      'grpc_web',
    ],
    ...['cache', 'cache_v2', 'aws_lambda', 'dynamic_forward_proxy', 'stateful_session'],
    ...['aws_request_signing', 'gcp_authn'],
  ].join('|')})\\.`,
  'u',
);

const NETWORK_FILTERS =
  /^filters\.network\.(?:http_connection_manager|tcp_proxy|rbac|connection_limit|local_ratelimit|ratelimit|ext_authz|echo|direct_response|set_filter_state|sni_dynamic_forward_proxy|geoip|sni_cluster)\./u;

const CLUSTER_TYPES = /^clusters\.(?:aggregate|composite|dynamic_forward_proxy)\./u;

/** Silence about something that nobody understood would be taken for a clean bill. */
export const notUnderstood: Rule = {
  code: 'not_understood',
  severity: 'info',
  meaning: 'a part of the configuration is of a type that no rule knows',
  remedy: 'make sure that it sends no request to a provider, changes none and answers none',
  check: (model) => [...httpHits(model), ...specifierHits(model), ...connectionHits(model)],
};

function httpHits({ asking, hops }: EnvoyModel): readonly Hit[] {
  return [...asking, ...hops].flatMap(({ filters, node }) => [
    ...filters
      .filter(({ type }) => type !== '' && !HTTP_FILTERS.test(type))
      .map((filter) => hitOf(filter.node, filter.type)),
    ...each(node, 'early_header_mutation_extensions')
      .flatMap((extension) => typedConfig(extension) ?? [])
      .filter(({ type }) => type !== TYPES.earlyMutation)
      .map(({ at, type }) => hitOf(at, type)),
  ]);
}

function specifierHits({ asking }: EnvoyModel): readonly Hit[] {
  return asking
    .flatMap(({ routes }) => routes)
    .flatMap(({ destinations }) => destinations)
    .flatMap((each) => (each.kind === 'specifier' ? (each.typed ?? []) : []))
    .filter(({ type }) => type !== TYPES.priorityGroup)
    .map(({ at, type }) => hitOf(at, type));
}

function connectionHits({ networkFilters, clusters, remotes }: EnvoyModel): readonly Hit[] {
  return [
    ...networkFilters
      .filter(({ type }) => !NETWORK_FILTERS.test(type))
      .map(({ at, type }) => hitOf(at, type)),
    ...[...clusters.values()]
      .flatMap(({ custom }) => custom ?? [])
      .filter(({ type }) => !CLUSTER_TYPES.test(type))
      .map(({ at, type }) => hitOf(at, type)),
    ...remotes
      .flatMap(transportsOf)
      .flatMap(({ at, unknown }) => (unknown === undefined ? [] : [hitOf(at, unknown)])),
  ];
}

function hitOf(at: Hit['at'], type: string): Hit {
  return { at, message: `no rule knows what ${quote(type)} does, so nothing is said about it` };
}
