import type { Preferences } from '../../core/model/request';

/** Everything that a client can state, each under one name however it is written. */
export interface StatedValues extends Required<Omit<Preferences, 'maxPrice'>> {
  /** Names of further models. */
  readonly models: readonly string[];
  /** USD per million tokens. */
  readonly maxPromptPrice: number;
  readonly maxCompletionPrice: number;
}

/** The name of something that a client can state. */
export type StatedName = keyof StatedValues;

/** What has been read of one request so far. Nothing in it repeats what the client wrote but the values themselves. */
export interface Notes {
  readonly values: { -readonly [N in StatedName]?: StatedValues[N] };
  /** Where each value is stated first. */
  readonly places: Map<StatedName, string>;
  readonly problems: string[];
  /** True: the body asks for something that is no preference and could use any feature. */
  asksMore: boolean;
}

/** Notes of nothing. */
export function createNotes(): Notes {
  return { values: {}, places: new Map(), problems: [], asksMore: false };
}

/** Notes one statement. A second one must be the same, since neither may win in silence. */
export function state<N extends StatedName>(
  notes: Notes,
  name: N,
  { value, place }: { readonly value: StatedValues[N]; readonly place: string },
): void {
  const first = notes.places.get(name);
  if (first === undefined) {
    notes.values[name] = value;
    notes.places.set(name, place);
  } else if (formOf(name, notes.values[name]) !== formOf(name, value)) {
    notes.problems.push(
      first === place
        ? `\`${place}\` is stated twice, and differently; state it once`
        : `\`${first}\` and \`${place}\` state one preference differently; state it once`,
    );
  }
}

/** Lists whose order says something. */
const ORDERED: readonly StatedName[] = ['order', 'models'];

/** Values of the same form are the same. */
function formOf(name: StatedName, value: unknown): string {
  const isSet = Array.isArray(value) && !ORDERED.includes(name);
  return JSON.stringify(isSet ? value.map(String).sort() : value);
}
