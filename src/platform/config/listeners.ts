import { parseAddress } from '../address';
import type { MapReader, ValueReader } from '../../dialects/yaml/reader';
import type { SecretReference, TlsConfig } from '../../ports/service-config';
import { readAddress } from './addresses';
import type { ListenerDraft, TlsPlaces } from './draft';
import { VARIABLE } from './secret-reference';

/** Makes a path of one that a text states. */
type ResolvePath = (path: string) => string;

/** Reads the listeners. */
export function readListeners(
  value: ValueReader,
  resolve: ResolvePath,
): readonly ListenerDraft[] | undefined {
  if (isAddressAlone(value)) {
    failAlone(value, LIST);
    return undefined;
  }
  return value.list()?.flatMap((item) => readListener(item, resolve) ?? []);
}

/** Reads one listener, or a list of them. */
export function readOneOrMore(
  value: ValueReader,
  resolve: ResolvePath,
): readonly ListenerDraft[] | undefined {
  if (isAddressAlone(value)) {
    failAlone(value, MAPPING);
    return undefined;
  }
  if (value.kind !== 'map') return readListeners(value, resolve);
  const listener = readListener(value, resolve);
  return listener === undefined ? undefined : [listener];
}

/** What people write who think of a listener as its address. */
function isAddressAlone({ kind }: ValueReader): boolean {
  return kind === 'text' || kind === 'number';
}

/** How a value is written that is not an address alone. */
interface Wanted {
  readonly expected: string;
  readonly open: string;
  readonly close: string;
}

const MAPPING: Wanted = { expected: 'a mapping of keys', open: '', close: '' };
const LIST: Wanted = { expected: 'a list', open: '[', close: ']' };

/** Shows an address that is one where it belongs. */
function failAlone(value: ValueReader, { expected, open, close }: Wanted): void {
  const text = value.kind === 'text' ? (value.text()?.value ?? '') : '';
  const address = parseAddress(text) === undefined ? 'HOST:PORT' : text;
  const listener = `${open}{address: ${JSON.stringify(address)}}${close}`;
  value.failType(expected, { help: `write \`${listener}\`` });
}

function readListener(item: ValueReader, resolve: ResolvePath): ListenerDraft | undefined {
  if (isAddressAlone(item)) {
    failAlone(item, MAPPING);
    return undefined;
  }
  const map = item.map();
  if (map === undefined) return undefined;
  const address = readAddress(map.required('address'));
  const statesTls = map.has('tls');
  const tlsMap = map.map('tls');
  const tls = readTls(tlsMap, resolve);
  const caller = map.text('caller');
  const insecure = map.boolean('insecure');
  map.close();
  if (address === undefined || (statesTls && tls === undefined)) return undefined;
  return {
    address: address.value,
    ...(tls === undefined || tlsMap === undefined ? {} : { tls, tlsPlaces: placesOf(tlsMap) }),
    ...(caller === undefined ? {} : { caller: caller.value, callerAt: caller }),
    insecure: insecure?.value ?? false,
    at: address,
    report: map.report,
  };
}

function readTls(map: MapReader | undefined, resolve: ResolvePath): TlsConfig | undefined {
  if (map === undefined) return undefined;
  const certificateFile = map.required('certificate_file')?.text();
  const privateKey = readPrivateKey(map, resolve);
  const clientCaFile = map.text('client_ca_file');
  rejectKeyItself(map);
  map.close();
  if (certificateFile === undefined || privateKey === undefined) return undefined;
  return {
    certificateFile: resolve(certificateFile.value),
    privateKey,
    ...(clientCaFile === undefined ? {} : { clientCaFile: resolve(clientCaFile.value) }),
  };
}

/** The keys and not their values: a value may be a secret that stands in the place of its path. */
function placesOf(map: MapReader): TlsPlaces {
  const certificate = map.value('certificate_file')?.label;
  const privateKey = (map.value('private_key_file') ?? map.value('private_key_env'))?.label;
  const clientCa = map.value('client_ca_file')?.label;
  return {
    ...(certificate === undefined ? {} : { certificate }),
    ...(privateKey === undefined ? {} : { privateKey }),
    ...(clientCa === undefined ? {} : { clientCa }),
  };
}

/** What people write who mean to state the key itself. */
const INLINE_KEY = 'private_key';

/** A key never stands in the configuration itself, which people copy and show. */
function rejectKeyItself(map: MapReader): void {
  // Asked for only where it stands, so that it is never proposed.
  const value = map.keys.includes(INLINE_KEY) ? map.value(INLINE_KEY) : undefined;
  value?.report.error('secret_value', value.label, 'a private key stands in the configuration', {
    help: 'keep it in a file of its own, name that with `private_key_file`, and replace the key',
  });
}

function readPrivateKey(map: MapReader, resolve: ResolvePath): SecretReference | undefined {
  const file = map.text('private_key_file');
  const variable = map.text('private_key_env', VARIABLE);
  const stated =
    map.has('private_key_file') || map.has('private_key_env') || map.keys.includes(INLINE_KEY);
  if (file !== undefined && variable !== undefined) {
    map.report.error('contradiction', variable, 'the private key is named twice', {
      help: 'keep `private_key_file` or `private_key_env`',
      related: { at: file, message: 'the first stands here' },
    });
    return undefined;
  }
  if (file !== undefined) return { file: resolve(file.value) };
  if (variable !== undefined) return { env: variable.value };
  if (!stated) {
    map.fail('missing_key', `the key \`private_key_file\` is missing in \`${map.path}\``, {
      help: 'add `private_key_file: PATH`, or `private_key_env: NAME` for a variable that holds it',
    });
  }
  return undefined;
}
