import { nearestName } from '../../core/model/nearest-name';
import { isObject } from '../json-object';
import { state } from './notes';
import type { Notes, StatedName, StatedValues } from './notes';
import type { Parse } from './values';

/** How the value of one key is read. `place` is how messages call it. */
export type ReadKey = (value: unknown, place: string, notes: Notes) => void;

/** The keys of an object, each with its reader; all others are refused. */
export interface KeyTable {
  readonly keys: ReadonlyMap<string, ReadKey>;
  /** True: its system takes null for absent. */
  readonly nullable: boolean;
}

/** Reads an object key by key. A key that is not known is refused, and not repeated: it could be content. */
export function readKeys(
  value: unknown,
  place: string,
  { keys, nullable }: KeyTable,
  notes: Notes,
): void {
  if (nullable && value === null) return;
  if (!isObject(value)) {
    notes.problems.push(`\`${place}\` must be an object`);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    const read = keys.get(key);
    if (read === undefined) refuseKey(key, place, keys, notes);
    else if (!nullable || item !== null) read(item, `${place}.${key}`, notes);
  }
}

function refuseKey(
  key: string,
  place: string,
  keys: ReadonlyMap<string, ReadKey>,
  { problems }: Notes,
): void {
  const nearest = nearestName(key, keys.keys());
  const help =
    nearest === undefined
      ? `known are ${[...keys.keys()].join(', ')}`
      : `\`${nearest}\` may be meant`;
  const problem = `\`${place}\` has a key that is not known; ${help}`;
  if (!problems.includes(problem)) problems.push(problem);
}

/** A key that states a preference. */
export function stating<N extends StatedName>(name: N, parse: Parse<StatedValues[N]>): ReadKey {
  return (value, place, notes) => {
    const read = parse(value);
    if ('problem' in read) notes.problems.push(`\`${place}\` ${read.problem}`);
    else state(notes, name, { value: read.value, place });
  };
}

/** A key that restricts nothing: advice on speed and cost, or a name for reports. It is understood and not kept. */
export function advising(parse: Parse<unknown>): ReadKey {
  return (value, place, { problems }) => {
    const read = parse(value);
    if ('problem' in read) problems.push(`\`${place}\` ${read.problem}`);
  };
}

/** A key that restricts what no claim tells; to drop it would be to allow more than the client asks for. */
export function refusing(why: string): ReadKey {
  return (_value, place, { problems }) => {
    problems.push(`\`${place}\` ${why}; leave it out`);
  };
}

/** A switch that can be refused only where it is on. */
export function refusingWhenOn(why: string): ReadKey {
  return (value, place, notes) => {
    if (value === true) refusing(why)(value, place, notes);
    else if (value !== false) notes.problems.push(`\`${place}\` must be true or false`);
  };
}
