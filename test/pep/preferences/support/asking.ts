import { readClientPreferences } from '../../../../src/pep/preferences';
import type { ClientPreferences } from '../../../../src/pep/preferences';
import { PREFERENCE_FORMATS, PREFERENCE_WORDS } from '../../../../src/ports/client-preferences';
import type { ClientPreferenceRules } from '../../../../src/ports/client-preferences';

/** Everything is read. */
const ALL: ClientPreferenceRules = {
  headers: PREFERENCE_WORDS,
  formats: PREFERENCE_FORMATS,
};

/** What a client writes, in the words of a test. A header that stands several times has several values. */
export interface Writing {
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

/** What is read of it. */
export function ask(
  { body, headers = {} }: Writing,
  rules: ClientPreferenceRules = ALL,
): ClientPreferences {
  const values = Object.entries(headers).map(([name, value]): [string, readonly string[]] => [
    name,
    typeof value === 'string' ? [value] : value,
  ]);
  return readClientPreferences(
    { ...(body === undefined ? {} : { body }), headers: new Map(values) },
    rules,
  );
}

/** What is read where nothing may be wrong. */
export function read(writing: Writing): Omit<ClientPreferences, 'problems'> {
  const { problems, ...rest } = ask(writing);
  expect(problems).toEqual([]);
  return rest;
}

/** The one problem that there must be. */
export function problemOf(writing: Writing, rules: ClientPreferenceRules = ALL): string {
  const { problems } = ask(writing, rules);
  expect(problems).toHaveLength(1);
  return problems[0] ?? '';
}
