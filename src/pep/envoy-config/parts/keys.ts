import { plainNameOf } from '../../shared/envoy-names';
import type { HopTarget } from '../hop-targets';
import { scalar, yaml } from '../yaml-text';
import type { PartContext } from './context';

/**
 * Keys that Envoy watches at most. Each takes an inotify instance, of which a user of Linux has 128 unless the system is
 * told otherwise (`fs.inotify.max_user_instances`); without one left, Envoy ends.
 */
const MAX_WATCHED_KEYS = 64;

/** True where a key that is replaced is read again; with more targets, keys are read when Envoy starts. */
export function watchesKeys(targets: readonly HopTarget[]): boolean {
  return targets.filter(({ origin }) => origin.credential !== undefined).length <= MAX_WATCHED_KEYS;
}

/** Where the key of a target comes from: a file of its own that is watched, or a secret of the configuration. */
export function keyOf({ id }: HopTarget, { options, targets }: PartContext): string {
  const name = `name: ${scalar(`${id}-key`)}`;
  if (!watchesKeys(targets)) return name;
  const file = scalar(`${options.secretsDirectory}/${plainNameOf(id)}.yaml`);
  return yaml`
    ${name}
    sds_config: { path_config_source: { path: ${file} } }
  `;
}

/** The secrets of the configuration, where there are too many keys to be watched: each is the content of a file. */
export function staticKeys({ options, targets }: PartContext): string {
  if (watchesKeys(targets)) return '';
  const withKey = targets.filter(({ origin }) => origin.credential !== undefined);
  const secrets = withKey.map(({ id }) => {
    const file = scalar(`${options.secretsDirectory}/${plainNameOf(id)}.key`);
    return `- { name: ${scalar(`${id}-key`)}, generic_secret: { secret: { filename: ${file} } } }`;
  });
  return yaml`
    # Read when Envoy starts: these are more files than it can watch.
    secrets:
      ${secrets.join('\n')}
  `;
}

/** What the introduction says of the files. */
export function aboutKeys({ options, targets }: PartContext): readonly string[] {
  const place = `A file with the key of each target in ${options.secretsDirectory}, mode 0400`;
  if (!watchesKeys(targets)) {
    return [
      `  - ${place}: ID.key, and nothing in it but the key, without a line break at its end.`,
      '    They are read when Envoy starts, because it can watch no more than some 64 of them.',
    ];
  }
  return [
    `  - ${place}. It is read again when it is replaced (by a rename):`,
    '      resources:',
    "      - '@type': type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret",
    '        name: ID-key',
    '        generic_secret: { secret: { inline_string: THE-KEY } }',
  ];
}
