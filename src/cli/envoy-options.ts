import { formatAddress, parseAddress } from '../platform/address';
import type { ListenAddress } from '../platform/address';
import { ENVOY_READINGS, ENVOY_VARIANTS } from '../ports/envoy-config';
import type { EnvoyConfigOptions } from '../ports/envoy-config';
import { contextOf } from './envoy-context';
import type { ParsedArguments } from './parsed-arguments';
import { UsageError } from './usage-error';

const LISTEN: ListenAddress = { kind: 'tcp', host: '127.0.0.1', port: 10_000 };
const ADMIN: ListenAddress = { kind: 'tcp', host: '127.0.0.1', port: 9901 };
const AMBIT: ListenAddress = { kind: 'unix', path: '/run/ambit/ambit.sock' };
const SECRETS = '/etc/envoy/secrets';
const CA_FILE = '/etc/ssl/certs/ca-certificates.crt';
const LOG_FILE = '/dev/stdout';

/** What the arguments of `ambit envoy config` say beside the policies. */
export function envoyOptionsOf(parsed: ParsedArguments): EnvoyConfigOptions {
  const { caFile, caFiles } = authoritiesOf(parsed);
  const reading = ENVOY_READINGS.find((each) => each === parsed.value('read')) ?? 'body';
  return {
    variant: ENVOY_VARIANTS.find((each) => each === parsed.value('variant')) ?? 'recommended',
    reading,
    context: contextOf(parsed, reading),
    listen: addressOf(parsed, 'listen', LISTEN),
    ...(parsed.value('admin') === 'none' ? {} : { admin: addressOf(parsed, 'admin', ADMIN) }),
    ambit: addressOf(parsed, 'ambit', AMBIT),
    secretsDirectory: pathOf(parsed, 'secrets', SECRETS).replace(/\/+$/, ''),
    caFile,
    caFiles,
    logFile: pathOf(parsed, 'log', LOG_FILE),
  };
}

function addressOf(
  parsed: ParsedArguments,
  option: string,
  otherwise: ListenAddress,
): ListenAddress {
  const text = parsed.value(option);
  if (text === undefined) return otherwise;
  const address = parseAddress(text);
  if (address !== undefined) return address;
  const orNone = option === 'admin' ? ', or `none`' : '';
  throw new UsageError(
    `\`--${option} ${text}\` is no address`,
    `${likelyMeant(text) ?? `write host:port or unix:/path, such as ${formatAddress(otherwise)}`}${orNone}`,
  );
}

/** A path or a port alone is not taken: which of the two a text is, and which addresses it opens, is to be said. */
function likelyMeant(text: string): string | undefined {
  const meant = [`unix:${text}`, `127.0.0.1:${text}`].find(
    (address) => parseAddress(address) !== undefined,
  );
  return meant === undefined ? undefined : `write \`${meant}\``;
}

/** Envoy resolves a relative path where it runs, and not where this command does. */
function pathOf(parsed: ParsedArguments, option: string, otherwise: string): string {
  return absolute(parsed.value(option) ?? otherwise, option);
}

function absolute(path: string, option: string): string {
  if (/^\/\P{Cc}*$/u.test(path)) return path;
  throw new UsageError(
    `\`--${option} ${path}\` is no absolute path`,
    'write it from the root on; Envoy may run elsewhere than this command',
  );
}

function authoritiesOf(parsed: ParsedArguments): Pick<EnvoyConfigOptions, 'caFile' | 'caFiles'> {
  const caFiles = new Map<string, string>();
  let caFile: string | undefined;
  for (const text of parsed.values('ca')) {
    const at = text.startsWith('/') ? -1 : text.lastIndexOf('=/');
    const id = at === -1 ? undefined : text.slice(0, at);
    if (id === undefined ? caFile !== undefined : caFiles.has(id)) {
      throw new UsageError('`--ca` is given twice for the same', 'name one file, or one a target');
    }
    if (id === undefined) caFile = absolute(text, 'ca');
    else caFiles.set(id, absolute(text.slice(at + 1), 'ca'));
  }
  return { caFile: caFile ?? CA_FILE, caFiles };
}
