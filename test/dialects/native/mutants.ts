import {
  isMap,
  nameOf,
  pathsOf,
  valueAt,
  withKey,
  withoutValue,
  withValue,
  type Path,
} from './mutate';
import type { Json, Sample } from './samples';

/** What is done to one node of a file; each is a mistake that people make. */
export const CATEGORIES = [
  'no value',
  'empty',
  'another form',
  'another type',
  'misspelt key',
  'doubled key',
  'key too far left',
  'key too far right',
] as const;

/** What is done to one node of a file. */
export type Category = (typeof CATEGORIES)[number];

/** A sample with one node changed. `name` is the changed node's place without indices. */
export interface Mutant {
  readonly category: Category;
  readonly at: Path;
  readonly name: string;
  readonly value: Json;
}

/** Stands at the end of a key that is to be written as if it were not there, so that the key stands twice. */
const TWICE = '@twice';

/** A mutant as a file. */
export function textOf(value: Json, write: (value: Json) => string): string {
  return write(value).replaceAll(TWICE, '');
}

/** Maps whose keys users choose; a misspelt one is another key, and what it names is not there. */
const FREE_MAPS: ReadonlySet<string> = new Set([
  'scope',
  'scope_values',
  'labels',
  'certifications',
]);

/** True if users choose the key at the end of a path. `certifications` of requirements has keys of its own. */
export function isFreeKey(path: Path): boolean {
  const [owner, parent] = path.slice(-3, -1).map(String);
  if (path.length < 3 || parent === undefined || !FREE_MAPS.has(parent)) return false;
  return !(parent === 'certifications' && owner === 'requirements');
}

/** Every mutant of a sample. */
export function mutantsOf({ value }: Sample): readonly Mutant[] {
  return pathsOf(value).flatMap((at) => {
    const make = (category: Category, mutated: readonly Json[]): readonly Mutant[] =>
      mutated.map((mutant) => ({ category, at, name: nameOf(at), value: mutant }));
    const old = valueAt(value, at) ?? null;
    const put = (values: readonly Json[]): readonly Json[] =>
      values
        .filter((one) => JSON.stringify(one) !== JSON.stringify(old))
        .map((one) => withValue(value, at, one));
    return [
      ...make('no value', put([null])),
      ...make('empty', put(['', ' ', [], {}, [null], [''], [[]], [{}]])),
      ...make('another form', put(formsOf(old))),
      ...make('another type', put(typesOf(old))),
      ...make('misspelt key', misspell(value, at)),
      ...make('doubled key', double(value, at)),
      ...make('key too far left', moveLeft(value, at)),
      ...make('key too far right', moveRight(value, at)),
    ];
  });
}

/** The same statement one level too deep or too shallow. */
function formsOf(old: Json): readonly Json[] {
  const wrapped = [[old], { value: old }, { x: old }, [[old]]];
  if (isMap(old)) return [...wrapped, Object.keys(old), Object.values(old)];
  if (!Array.isArray(old)) return wrapped;
  const items = old as readonly Json[];
  const only = items.length === 1 ? items : [];
  return [
    ...wrapped,
    ...only,
    Object.fromEntries(items.map((item, index) => [`k${String(index)}`, item])),
  ];
}

/** Other types than the value's. A text in place of a text is another statement and no mistake of form. */
function typesOf(old: Json): readonly Json[] {
  const others: readonly Json[] = [true, false, -1, 0.5, 7];
  if (typeof old === 'boolean')
    return [String(old), old ? 'yes' : 'no', Number(old), old ? 'on' : 'off'];
  if (typeof old === 'number') return [String(old), `${String(old)}d`, true, -1 - old];
  return typeof old === 'string' ? others : [...others, 'text'];
}

function misspell(value: Json, at: Path): readonly Json[] {
  const key = at.at(-1);
  if (typeof key !== 'string') return [];
  const camel = key.replace(/_([a-z0-9])/gu, (_, letter: string) => letter.toUpperCase());
  const spellings = [
    `${key}s`,
    key.slice(1),
    key.toUpperCase(),
    camel,
    key.replaceAll('_', '-'),
    `${key} `,
  ];
  return spellings.filter((one) => one !== key).map((one) => withKey(value, at, one));
}

function double(value: Json, at: Path): readonly Json[] {
  const key = at.at(-1);
  const owner = at.length === 1 ? value : valueAt(value, at.slice(0, -1));
  if (typeof key !== 'string' || !isMap(owner)) return [];
  const doubled = { ...owner, [`${key}${TWICE}`]: owner[key] ?? null };
  return [at.length === 1 ? doubled : withValue(value, at.slice(0, -1), doubled)];
}

/** The key beside the mapping that it belongs into. */
function moveLeft(value: Json, at: Path): readonly Json[] {
  const key = at.at(-1);
  const outer = at.slice(0, -2);
  if (typeof key !== 'string' || at.length < 2) return [];
  const home = typeof at.at(-2) === 'number' ? at.slice(0, -3) : outer;
  return addTo(value, { at, to: home, key });
}

/** The key inside each of the mappings that stand beside it. */
function moveRight(value: Json, at: Path): readonly Json[] {
  const key = at.at(-1);
  if (typeof key !== 'string') return [];
  const beside = at.length === 1 ? value : valueAt(value, at.slice(0, -1));
  if (!isMap(beside)) return [];
  return Object.keys(beside)
    .filter((other) => other !== key)
    .flatMap((other) => addTo(value, { at, to: [...at.slice(0, -1), other], key }));
}

function addTo(
  value: Json,
  move: { readonly at: Path; readonly to: Path; readonly key: string },
): readonly Json[] {
  const { at, to, key } = move;
  const home = to.length === 0 ? value : valueAt(value, to);
  const moved = valueAt(value, at);
  if (!isMap(home) || moved === undefined || Object.hasOwn(home, key)) return [];
  const rest = withoutValue(value, at);
  const target = to.length === 0 ? rest : valueAt(rest, to);
  if (!isMap(target)) return [];
  const grown = { ...target, [key]: moved };
  return [to.length === 0 ? grown : withValue(rest, to, grown)];
}
