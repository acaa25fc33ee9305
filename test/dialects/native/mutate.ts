import type { Json } from './samples';

/** Where a value stands: the keys and indices that lead to it. */
export type Path = readonly (string | number)[];

type Map = Readonly<Record<string, Json>>;

/** True for a mapping. */
export function isMap(value: Json | undefined): value is Map {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The paths of all values below a value, in file order. */
export function pathsOf(value: Json): readonly Path[] {
  return childrenOf(value).flatMap(([step, child]) => [
    [step],
    ...pathsOf(child).map((path) => [step, ...path]),
  ]);
}

function childrenOf(value: Json): readonly (readonly [string | number, Json])[] {
  if (isMap(value)) return Object.entries(value);
  return Array.isArray(value) ? [...(value as readonly Json[]).entries()] : [];
}

/** The value at a path; undefined if there is none. */
export function valueAt(value: Json, path: Path): Json | undefined {
  return path.reduce<Json | undefined>(
    (at, step) => childrenOf(at ?? null).find(([name]) => name === step)?.[1],
    value,
  );
}

/** A copy with another value at a path. */
export function withValue(value: Json, path: Path, replacement: Json): Json {
  return edit(value, path, (key) => [[key, replacement]]);
}

/** A copy without the value at a path and its key. */
export function withoutValue(value: Json, path: Path): Json {
  return edit(value, path, () => []);
}

/** A copy with another key at a path. */
export function withKey(value: Json, path: Path, key: string): Json {
  return edit(value, path, (_, old) => [[key, old]]);
}

type Edit = (key: string, value: Json) => readonly (readonly [string, Json])[];

function edit(value: Json, path: Path, change: Edit): Json {
  const [step, ...rest] = path;
  const children = childrenOf(value).flatMap(([name, child]): (readonly [string, Json])[] => {
    if (name !== step) return [[String(name), child]];
    if (rest.length > 0) return [[String(name), edit(child, rest, change)]];
    return [...change(String(name), child)];
  });
  return Array.isArray(value) ? children.map(([, child]) => child) : Object.fromEntries(children);
}

/** A path as messages write it, with the indices of lists left out: `spec.include[].file`. */
export function nameOf(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? '[]' : `.${step}`))
    .join('')
    .slice(1);
}
