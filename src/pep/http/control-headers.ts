import { printable } from '../../core/model/printable';
import { TENANT_KEY } from '../../core/policy/scope-match';
import { MAX_ID_BYTES, MAX_KEY_BYTES, MAX_MAP_ENTRIES, MAX_VALUE_BYTES } from '../limits';
import { exceedsBytes } from '../text-size';

/** What is wrong with the control headers of a request, found while they are read. */
export class ControlFault extends Error {}

/** The header that names the tenant. */
const TENANT = 'x-ambit-tenant';

/** What stands before a scope key. */
export const SCOPE = 'x-ambit-scope-';

/** Which headers speak to Ambit, and which of them are known; all others with such a beginning are refused. */
export interface ControlWords {
  readonly prefixes: readonly string[];
  /** Beside the tenant and scope keys. */
  readonly names: readonly string[];
}

/** For whom a request asks. Each counts only as far as the caller may claim it. */
export interface Claimant {
  readonly tenant?: string;
  /** Scope keys other than the tenant. */
  readonly scope: ReadonlyMap<string, string>;
}

/** Characters of a name from outside that a message repeats. */
const MAX_SHOWN = 64;

/**
 * The headers that speak to Ambit, by their names in small letters. Each stands once, and none of them is passed over:
 * whoever misspells a scope shall not get the answer of another one.
 */
export function controlHeaders(
  raw: readonly string[],
  { prefixes, names }: ControlWords,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    if (!prefixes.some((prefix) => name.startsWith(prefix))) continue;
    if (found.has(name)) throw new ControlFault(`\`${shown(name)}\` stands twice; send it once`);
    if (name !== TENANT && !names.includes(name) && !name.startsWith(SCOPE)) {
      throw unknownHeader(name, names);
    }
    found.set(name, textOf(name, raw[index + 1] ?? ''));
  }
  return found;
}

function unknownHeader(name: string, names: readonly string[]): ControlFault {
  const known = [TENANT, `${SCOPE}KEY`, ...names].map((each) => `\`${each}\``);
  const list = `${known.slice(0, -1).join(', ')} and ${known.at(-1) ?? ''}`;
  return new ControlFault(`\`${shown(name)}\` is not known here; known are ${list}`);
}

/** Node hands over each byte as a character; what is sent is UTF-8. */
function textOf(name: string, value: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    throw new ControlFault(`\`${shown(name)}\` is no UTF-8`);
  }
}

/** Reads for whom a request asks. */
export function claimantOf(headers: ReadonlyMap<string, string>): Claimant {
  const tenant = headers.get(TENANT);
  if (tenant !== undefined && exceedsBytes(tenant, MAX_ID_BYTES)) throw tooLong(TENANT);
  return { ...(tenant === undefined ? {} : { tenant }), scope: scopeOf(headers) };
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

/** What a message may repeat of a text from outside. */
export function shown(text: string): string {
  return printable(text.slice(0, MAX_SHOWN));
}

/** Makes a reading that finds faults total: a fault is a value. */
export function readOrFault<T extends object>(read: () => T): T | { readonly fault: string } {
  try {
    return read();
  } catch (error) {
    if (error instanceof ControlFault) return { fault: error.message };
    throw error;
  }
}
