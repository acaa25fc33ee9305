import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { isMap, isSeq, parseDocument, type Document, type YAMLMap } from 'yaml';

/** Where one target's provider really listens in the test, and the key that Envoy has for it. */
interface Origin {
  readonly port: number;
  readonly key: string;
}

/** A deliberate change of what the shipped configuration does, for tests of what still holds then. */
export type ConfigEdit = (config: Document) => void;

/** All that a test changes in the shipped configuration: addresses and paths, and with `edit` what it does. */
export interface EnvoySettings {
  readonly listenPort: number;
  readonly adminPort: number;
  readonly requestLog: string;
  readonly attemptLog: string;
  /** An existing directory for the secrets. */
  readonly directory: string;
  /** Ambit's unix socket. */
  readonly socketFile: string;
  /** Certificate of the authority that the providers' certificates come from. */
  readonly caFile: string;
  /** By target. */
  readonly origins: Readonly<Record<string, Origin>>;
  readonly edit?: ConfigEdit;
}

/** Keys and indices from a YAML node down to another one. */
export type Path = readonly (string | number)[];

/** Sets what the shipped file already has; a path that it lacks is an error, so the two cannot drift apart unnoticed. */
function replace(map: YAMLMap | Document, path: Path, value: string | number): void {
  if (!map.hasIn(path)) throw new Error(`the configuration has no \`${path.join('.')}\``);
  map.setIn(path, value);
}

/** The entry of this name in the list at `path`; throws if there is none. */
export function find(map: YAMLMap | Document, path: Path, name: string): YAMLMap {
  const list = map.getIn(path);
  const found = isSeq(list)
    ? list.items.find((item) => isMap(item) && item.get('name') === name)
    : undefined;
  if (isMap(found)) return found;
  throw new Error(`\`${path.join('.')}\` has no \`${name}\``);
}

/** Where a listener's HTTP connection manager stands. */
export const MANAGER: Path = ['filter_chains', 0, 'filters', 0, 'typed_config'];
const FIRST_ENDPOINT: Path = [
  'load_assignment',
  'endpoints',
  0,
  'lb_endpoints',
  0,
  'endpoint',
  'address',
];
const TRUSTED_CA: Path = ['common_tls_context', 'validation_context', 'trusted_ca', 'filename'];

function pointAtOrigin(config: Document, settings: EnvoySettings, target: string): void {
  const origin = settings.origins[target];
  if (origin === undefined) throw new Error(`no origin for \`${target}\``);
  const cluster = find(config, ['static_resources', 'clusters'], `${target}-origin`);
  replace(cluster, [...FIRST_ENDPOINT, 'socket_address', 'address'], '127.0.0.1');
  replace(cluster, [...FIRST_ENDPOINT, 'socket_address', 'port_value'], origin.port);
  replace(cluster, ['transport_socket', 'typed_config', ...TRUSTED_CA], settings.caFile);
}

function writeSecret(directory: string, target: string, key: string): string {
  const file = join(directory, `secret-${target}.yaml`);
  const type = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret';
  const secret = {
    '@type': type,
    name: `${target}-key`,
    generic_secret: { secret: { inline_string: key } },
  };
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ resources: [secret] }), { mode: 0o400 });
  return file;
}

function pointAtSecret(config: Document, settings: EnvoySettings, target: string): void {
  const listener = find(config, ['static_resources', 'listeners'], `to-${target}`);
  const filter = find(listener, [...MANAGER, 'http_filters'], 'key');
  const file = writeSecret(settings.directory, target, settings.origins[target]?.key ?? '');
  const credential: Path = ['typed_config', 'credential', 'typed_config', 'credential'];
  replace(filter, [...credential, 'sds_config', 'path_config_source', 'path'], file);
}

function pointIngress(config: Document, settings: EnvoySettings): void {
  replace(config, ['admin', 'address', 'socket_address', 'port_value'], settings.adminPort);
  const ingress = find(config, ['static_resources', 'listeners'], 'ingress');
  replace(ingress, ['address', 'socket_address', 'port_value'], settings.listenPort);
  replace(ingress, [...MANAGER, 'access_log', 0, 'typed_config', 'path'], settings.requestLog);
  const router = find(ingress, [...MANAGER, 'http_filters'], 'envoy.filters.http.router');
  replace(router, ['typed_config', 'upstream_log', 0, 'typed_config', 'path'], settings.attemptLog);
  const ambit = find(config, ['static_resources', 'clusters'], 'ambit');
  replace(ambit, [...FIRST_ENDPOINT, 'pipe', 'path'], settings.socketFile);
}

/**
 * The shipped configuration, text in and text out, with the test's addresses and paths. Everything else, comments
 * included, stays as it is, so that Envoy's own reader sees the shipped file. Also writes the secrets it points at.
 */
export function renderConfig(text: string, settings: EnvoySettings): string {
  const config = parseDocument(text);
  pointIngress(config, settings);
  for (const target of Object.keys(settings.origins)) {
    pointAtOrigin(config, settings, target);
    pointAtSecret(config, settings, target);
  }
  settings.edit?.(config);
  return config.toString({ lineWidth: 0 });
}
