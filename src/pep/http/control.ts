import { APIS } from '../../core/model/api';
import type { Api } from '../../core/model/api';
import { printable } from '../../core/model/printable';
import { TENANT_KEY } from '../../core/policy/scope-match';
import { MAX_ID_BYTES, MAX_KEY_BYTES, MAX_MAP_ENTRIES, MAX_VALUE_BYTES } from '../limits';
import { exceedsBytes } from '../text-size';
import type { RoutedRequest } from './router';

/** For whom a request asks. Each counts only as far as the caller may claim it. */
export interface Control {
  readonly tenant?: string;
  /** Scope keys other than the tenant. */
  readonly scope: ReadonlyMap<string, string>;
  readonly api?: Api;
}

/** What a request states, or what is wrong with that. */
export type ControlReading = Control | { readonly fault: string };

/** Everything with these prefixes speaks to Ambit, so that what is not understood is never passed over. */
const PREFIXES = ['x-ambit-', 'ambit-prefer-'];

const TENANT = 'x-ambit-tenant';
const API = 'x-ambit-api';
const SCOPE = 'x-ambit-scope-';

/** Characters of a name from outside that a message repeats. */
const MAX_SHOWN = 64;

/** What is wrong with a request, found while it is read. */
class ControlFault extends Error {}

/** Reads the control headers of a request, and its query. Total: a fault is a value. */
export function readControl(request: Pick<RoutedRequest, 'rawHeaders' | 'query'>): ControlReading {
  try {
    const headers = controlHeaders(request.rawHeaders);
    const tenant = headers.get(TENANT);
    if (tenant !== undefined && exceedsBytes(tenant, MAX_ID_BYTES)) throw tooLong(TENANT);
    const api = apiOf(headers.get(API), readQuery(request.query));
    return {
      ...(tenant === undefined ? {} : { tenant }),
      scope: scopeOf(headers),
      ...(api === undefined ? {} : { api }),
    };
  } catch (error) {
    if (error instanceof ControlFault) return { fault: error.message };
    throw error;
  }
}

/** The headers that speak to Ambit, by their names in small letters. */
function controlHeaders(raw: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    if (!PREFIXES.some((prefix) => name.startsWith(prefix))) continue;
    if (found.has(name)) throw new ControlFault(`\`${shown(name)}\` stands twice; send it once`);
    if (name !== TENANT && name !== API && !name.startsWith(SCOPE)) throw unknownHeader(name);
    found.set(name, textOf(name, raw[index + 1] ?? ''));
  }
  return found;
}

function unknownHeader(name: string): ControlFault {
  const known = `\`${TENANT}\`, \`${SCOPE}KEY\` and \`${API}\``;
  return new ControlFault(`\`${shown(name)}\` is not known here; known are ${known}`);
}

/** Node hands over each byte as a character; what is sent is UTF-8. */
function textOf(name: string, value: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    throw new ControlFault(`\`${shown(name)}\` is no UTF-8`);
  }
}

function scopeOf(headers: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const scope = new Map<string, string>();
  for (const [name, value] of headers) {
    if (!name.startsWith(SCOPE)) continue;
    const key = name.slice(SCOPE.length);
    if (key === '' || exceedsBytes(key, MAX_KEY_BYTES)) {
      throw new ControlFault(`\`${shown(name)}\` must name a key of at most 64 bytes`);
    }
    if (key === TENANT_KEY) throw new ControlFault(`name the tenant in \`${TENANT}\``);
    if (exceedsBytes(value, MAX_VALUE_BYTES)) throw tooLong(name);
    scope.set(key, value);
  }
  if (scope.size <= MAX_MAP_ENTRIES) return scope;
  throw new ControlFault(`more than ${String(MAX_MAP_ENTRIES)} headers \`${SCOPE}KEY\` are sent`);
}

function tooLong(name: string): ControlFault {
  return new ControlFault(`\`${shown(name)}\` has more than ${String(MAX_VALUE_BYTES)} bytes`);
}

/** The api that a query names. Nothing else may stand in it. */
function readQuery(query: string): string | undefined {
  const entries = [...new URLSearchParams(query)];
  const other = entries.find(([name]) => name !== 'api');
  if (other !== undefined) {
    throw new ControlFault(
      `the query has \`${shown(other[0])}\`, which is not known; known is \`api\``,
    );
  }
  if (entries.length > 1) throw new ControlFault('the query has `api` twice; send it once');
  return entries[0]?.[1];
}

function apiOf(header: string | undefined, query: string | undefined): Api | undefined {
  if (header !== undefined && query !== undefined && header !== query) {
    throw new ControlFault(`\`${API}\` and the query name different APIs; name one`);
  }
  const stated = header ?? query;
  if (stated === undefined) return undefined;
  const api = APIS.find((each) => each === stated);
  if (api !== undefined) return api;
  throw new ControlFault(`\`${shown(stated)}\` is no API; known are ${APIS.join(', ')}`);
}

function shown(text: string): string {
  return printable(text.slice(0, MAX_SHOWN));
}
