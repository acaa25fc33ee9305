import {
  isKnownExtension,
  KNOWN_EXTENSIONS,
  MODEL_HEADER,
  PATH,
  ROUTING_FIELDS,
} from '../ports/own-extensions';
import { isFilledIn } from '../ports/envoy-operators';
import type { EnvoyConfigOptions } from '../ports/envoy-config';
import type { ParsedArguments } from './parsed-arguments';
import { UsageError } from './usage-error';

/** Keys of a scope, and those that speak to Ambit. A value is anything that a line of YAML can hold. */
const PAIR = /^([^=\s\p{Cc}]+)=(\P{Cc}+)$/u;

/** What is stated where it holds, by what is written. Elsewhere it is a lie, by which Ambit would judge too little. */
const STATED_BY_WHAT_IS_WRITTEN: ReadonlyMap<string, string> = new Map([
  [
    ROUTING_FIELDS,
    'it stands where it holds: `--read metadata` writes what clears those fields, and says so',
  ],
  [PATH, 'what is written rewrites paths, and says so'],
]);

/** What `--context` says, which no client can. */
export function contextOf(
  parsed: ParsedArguments,
  reading: EnvoyConfigOptions['reading'],
): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const text of parsed.values('context')) {
    const [, key, value] = PAIR.exec(text) ?? [];
    if (key === undefined || value === undefined) {
      throw new UsageError(`\`--context ${text}\` is no pair`, 'write `--context KEY=VALUE`');
    }
    refuseSeveral(text, value);
    refuseMisfit({ key, value }, reading);
    if (pairs.has(key)) {
      throw new UsageError(`\`--context\` names \`${key}\` twice`, 'name each key once');
    }
    pairs.set(key, value);
  }
  return pairs;
}

/** What follows the first value of several pairs in one word; a blank at the edge of a value is as seldom meant. */
const FURTHER_PAIR = /[,;&\s]\s*[\w.-]+=/u;

/** As one value it would be a tenant or scope that nobody has, under which every request is blocked. */
function refuseSeveral(text: string, value: string): void {
  if (FURTHER_PAIR.test(value)) {
    throw new UsageError(
      `\`--context ${text}\` holds several pairs`,
      'write `--context KEY=VALUE` once for each',
    );
  }
  if (value.trim() !== value) {
    throw new UsageError(
      `the value of \`--context ${text}\` begins or ends with a blank`,
      'write the value without it',
    );
  }
}

/** With a key that Ambit does not know, or that does not fit what is written, it would block every request. */
function refuseMisfit(
  { key, value }: { readonly key: string; readonly value: string },
  reading: EnvoyConfigOptions['reading'],
): void {
  const reason = STATED_BY_WHAT_IS_WRITTEN.get(key);
  if (reason !== undefined) throw new UsageError(`\`--context\` cannot state \`${key}\``, reason);
  if (!isKnownExtension(key, value)) {
    throw new UsageError(`\`--context ${key}=${value}\` is not known`, KNOWN_EXTENSIONS);
  }
  if (isFilledIn(value)) {
    throw new UsageError(
      `\`--context ${key}=${value}\` would be for the client to fill in`,
      'write the value itself: whom a request is for is no word of the client',
    );
  }
  if (key === MODEL_HEADER && reading === 'body') {
    throw new UsageError(
      `\`--context ${key}\` does not fit \`--read body\`, in which the model stands in the body`,
      'add `--read metadata`',
    );
  }
}
