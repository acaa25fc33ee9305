import type { Api } from '../../core/model/api';
import { APIS } from '../../core/model/api';
import type { DeclarationPlaces, TargetAddress } from '../../core/model/catalog';
import type { TextRules } from '../yaml/scalars';
import type { MapReader, ValueReader } from '../yaml/reader';
import { locatedAt } from './located-at';
import { NAME } from './names';
import { readWords } from './provenance';

const HOST: TextRules = {
  pattern: /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])$/u,
  form: 'a host name or an IP address, without scheme, port and path',
  maxChars: 253,
  help: 'write the host alone, such as `api.example.com`; `port` and `path_prefix` are keys of their own',
};

const PATH_PREFIX: TextRules = { pattern: /^\/[^\s?#]*$/u, form: 'a path that starts with `/`' };

/** A port is a 16-bit number, and 0 is none. */
const MAX_PORT = 65_535;

/** Where a target's address stands: inline in `endpoint`, where its APIs may stand too, or apart. */
export interface ReadAddress {
  readonly address: TargetAddress | undefined;
  readonly apis: readonly Api[] | undefined;
  /** Where its parts stand that what writes configurations may refuse. */
  readonly places: DeclarationPlaces;
}

/** Reads `{host, port, path_prefix, auth}`, and `apis` where `withApis`. */
export function readAddress(map: MapReader | undefined, withApis: boolean): ReadAddress {
  const host = map?.required('host')?.text(HOST);
  const port = map?.integer('port', { min: 1, max: MAX_PORT });
  const pathPrefix = map?.text('path_prefix', PATH_PREFIX);
  const auth = map?.text('auth', NAME);
  const apis = withApis ? readWords(map?.value('apis'), APIS) : undefined;
  map?.close();
  const places = { ...locatedAt('pathPrefix', pathPrefix), ...locatedAt('auth', auth) };
  if (host === undefined) return { address: undefined, apis, places };
  const address = {
    host: host.value,
    ...(port === undefined ? {} : { port: port.value }),
    ...(pathPrefix === undefined ? {} : { pathPrefix: pathPrefix.value }),
    ...(auth === undefined ? {} : { auth: auth.value }),
  };
  return { address, apis, places };
}

/** Reads an absolute URL of a provider. Credentials in it would be a secret in a policy file. */
export function readBaseUrl(reader: ValueReader | undefined): string | undefined {
  const text = reader?.text();
  if (reader === undefined || text === undefined) return undefined;
  const url = URL.canParse(text.value) ? new URL(text.value) : undefined;
  const isPlain =
    url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (isPlain && /^https?:$/u.test(url.protocol) && /^https?:\/\//iu.test(text.value)) {
    return text.value;
  }
  reader.fail('invalid_text', `${reader.name} is not an absolute URL of a provider`, {
    help: 'write `https://host/path`, without user, query and fragment',
  });
  return undefined;
}
