import { isFreeKey } from './mutants';
import { isMap, nameOf, pathsOf, valueAt, withValue, type Path } from './mutate';
import { SAMPLES, type Json, type Sample } from './samples';
import { native } from './support';

/** A key that no mapping knows, and that is like none. */
const UNKNOWN = 'qqqqqqqqqqqq';

/** What stands at many places and is documented once; the first that fits. */
const PARTS: readonly (readonly [place: RegExp, part: string])[] = [
  [/^.*\.claims\.(?:price|certifications|labels)\.[^.]+$/u, 'claim'],
  [/^.*\.claims\.price$/u, 'claims.price'],
  [/^.*\.claims\.[^.]+$/u, 'claim'],
  [/^.*\.claims$/u, 'claims'],
  [/^.*\.evidence$/u, 'evidence'],
  [/^.*targets\[\]/u, 'target'],
  [/^.*\.endpoints\[\]/u, 'endpoint'],
  [/^.*\.credentials\[\]/u, 'credential'],
  [/^spec\.(?:providers|models)\.(?:allow|deny)\[\]/u, 'entry'],
  [/^spec\.providers\[\]/u, 'provider'],
  [/^spec\.include\[\]/u, 'include'],
];

/**
 * Every key that the decoder knows, as `Policy spec.mode`, asked of the decoder itself: a mapping with an unknown key
 * is answered with the known ones that it lacks. Keys that users choose are left out.
 */
export function knownKeys(): {
  readonly known: ReadonlySet<string>;
  readonly sampled: ReadonlySet<string>;
} {
  const known = new Set<string>();
  const sampled = new Set<string>();
  for (const sample of SAMPLES) {
    for (const path of mapPaths(sample)) {
      const place = placeOf(sample, path);
      for (const key of Object.keys(mapAt(sample.value, path))) {
        known.add(place + key);
        sampled.add(place + key);
      }
      for (const key of lackingKeys(sample.value, path)) known.add(place + key);
    }
  }
  return { known, sampled };
}

function mapPaths({ value }: Sample): readonly Path[] {
  const below = pathsOf(value).filter((path) => isMap(valueAt(value, path)));
  return [[], ...below.filter((path) => !isFreeKey([...path, 'key']))];
}

function mapAt(value: Json, path: Path): Readonly<Record<string, Json>> {
  const map = path.length === 0 ? value : valueAt(value, path);
  return isMap(map) ? map : {};
}

function placeOf({ value }: Sample, path: Path): string {
  const name = nameOf(path);
  if (name === '' || name === 'metadata')
    return name === '' ? 'Every document ' : `Every document ${name}.`;
  const [, part = name, rest = ''] = partOf(name);
  return `${JSON.stringify(mapAt(value, [])['kind']).replaceAll('"', '')} ${part}${rest}.`;
}

function partOf(name: string): readonly string[] {
  for (const [place, part] of PARTS) {
    const found = place.exec(name)?.[0];
    if (found !== undefined) return [name, part, name.slice(found.length)];
  }
  return [];
}

function lackingKeys(value: Json, path: Path): readonly string[] {
  const grown = { ...mapAt(value, path), [UNKNOWN]: 1 };
  const text = JSON.stringify(path.length === 0 ? grown : withValue(value, path, grown));
  const { findings } = native.parse({ name: 'f', text });
  const finding = findings.find(({ message }) => message.includes(UNKNOWN));
  if (finding === undefined) throw new Error(`an unknown key goes unnoticed in ${nameOf(path)}`);
  return [...(finding.help ?? '').matchAll(/`(\w+)`/gu)].flatMap((match) => match[1] ?? []);
}
