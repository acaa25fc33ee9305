import type { ModelIdStyle } from '../model/request';
import { foldedId } from './identifier';

/** A model name as the client wrote it, taken apart (L7). */
export interface ModelName {
  /** The provider that the name pins, as written. */
  readonly pin?: string;
  /** The name under which targets are looked up. */
  readonly name: string;
}

/**
 * Takes the pin off a model name. With style `pin` the part before the first `/` always pins, and that before
 * the first `:`, which is a part of many names, where it is a known provider; with `author` neither ever does;
 * with `auto`, what stands before the first `/` or `:` pins where it is a provider that is known.
 */
export function parseModelName(
  text: string,
  style: ModelIdStyle,
  isProvider: (name: string) => boolean,
): ModelName {
  switch (style) {
    case 'author':
      return { name: text };
    case 'pin':
      return splitAt(text, '/') ?? knownPin(text, ':', isProvider) ?? { name: text };
    case 'auto':
      return knownPin(text, '/', isProvider) ?? knownPin(text, ':', isProvider) ?? { name: text };
  }
}

function knownPin(
  text: string,
  separator: string,
  isProvider: (name: string) => boolean,
): ModelName | undefined {
  const split = splitAt(text, separator);
  return split?.pin !== undefined && isProvider(split.pin) ? split : undefined;
}

function splitAt(text: string, separator: string): ModelName | undefined {
  const at = text.indexOf(separator);
  if (at <= 0 || at === text.length - 1) return undefined;
  return { pin: text.slice(0, at), name: text.slice(at + 1) };
}

/** What may stand between a model and a variant of it, such as `auto:online` or `auto@eu`. */
const VARIANT_SEPARATOR = /[^\p{L}\p{N}._-]+/u;

/** Dots at the end of a word, which nobody who serves it need take for a part of it. */
const LAST_DOTS = /\.+$/u;

/** Whole names of models that choose the real one; `:free` is a variant of many that do not. */
const ROUTERS: ReadonlySet<string> = new Set([
  'auto',
  'latest',
  'smart',
  'free',
  'router',
  'model-router',
]);

/**
 * True if the model leaves the choice of the real model to whoever serves it: the last segment of its path is
 * `auto`, `latest`, `smart`, `free` or a `router`, or ends in `-latest`, or has a variant that is one (`x:latest`) or
 * is a variant of one (`auto:online`) (L12).
 */
export function isRouterModel(model: string): boolean {
  const folded = foldedId(model);
  if (!/auto|latest|smart|free|router/.test(folded)) return false;
  const segments = folded
    .split('/')
    .map((segment) => segment.split(VARIANT_SEPARATOR).map((word) => word.replace(LAST_DOTS, '')));
  const words = segments.findLast((segment) => segment.some((word) => word !== '')) ?? [];
  const [name = ''] = words;
  return (
    ROUTERS.has(name) ||
    words.some((word) => word === 'auto' || word === 'latest' || word.endsWith('-latest'))
  );
}

/** Regions by the prefix of a cross-region inference profile. `apac` and `global` lie in nothing. */
const PROFILE_REGIONS: ReadonlyMap<string, string> = new Map([
  ['us', 'US'],
  ['us-gov', 'US'],
  ['ca', 'CA'],
  ['jp', 'JP'],
  ['au', 'AU'],
  ['eu', 'eu'],
  ['apac', 'apac'],
  ['global', 'global'],
]);

/** A profile, wherever a name can begin: whoever serves `route/us.vendor.model` or `us.vendor.model/` may serve it. */
const PROFILE = /(?<![a-z0-9._-])([a-z-]+)\.[a-z0-9-]+\./g;

/** The region that an address of Amazon's names (`arn:aws:bedrock:us-east-1:...`), wherever it begins. */
const ARN = /(?<![a-z0-9])arn:[^:]*:[^:]*:([^:]+):/g;

/** What every profile and address holds and almost no other name, so that those cost little. */
const MAY_NAME_REGION = /\.[a-z0-9-]+\.|arn:/;

const NO_REGIONS: readonly string[] = [];

/**
 * The regions that a model's name states, each of which a target must be allowed in: by the prefix of a segment
 * (`eu.vendor.model`), which is never stripped, whatever stands around it, and by an address of Amazon's (L12).
 */
export function profileRegions(model: string): readonly string[] {
  const folded = foldedId(model);
  if (!MAY_NAME_REGION.test(folded)) return NO_REGIONS;
  const prefixes = Array.from(folded.matchAll(PROFILE), ([, prefix = '']) => prefix);
  const addresses = Array.from(folded.matchAll(ARN), ([, region]) => region);
  return [...addresses, ...prefixes.map((prefix) => PROFILE_REGIONS.get(prefix))].filter(
    (region) => region !== undefined,
  );
}
