import type { TargetList } from '../../core/model/policy';
import { foldedId } from '../../core/policy/identifier';
import type { TextListRules } from '../yaml/lists';
import { nearestName } from '../yaml/nearest';
import type { MapReader, ValueReader } from '../yaml/reader';
import { quote, type Located } from '../yaml/source-text';
import { checkAllowlistForm } from './allowlist-form';
import { MAX_SLUG_CHARS, noteIfEmpty } from './list-rules';
import { VERCEL_PROVIDERS } from './provider-names';

/** Two names of one provider are the same word twice: one of them might be on and the other off. */
const PROVIDERS: TextListRules = {
  pattern: /^[^\s*/]+$/u,
  form: "a provider's slug, such as `bedrock`, without spaces, `*` or `/`",
  maxChars: MAX_SLUG_CHARS,
  fold: foldProvider,
};

/** A list whose key is there, and what it names. */
interface Named {
  readonly reader: ValueReader;
  readonly names: readonly Located<string>[];
}

/**
 * The team's provider allowlist. What is on is either named, or it is what was known when the list of disabled
 * providers was read: one that came later is off.
 */
export function readProviderAllowlist(team: MapReader): readonly TargetList[] {
  const isOn = team.boolean('allowlist_on')?.value;
  const enabled = readNames(team, 'enabled', { ...PROVIDERS, mayBeEmpty: true });
  const disabled = readNames(team, 'disabled', { ...PROVIDERS, mayBeEmpty: true });
  const known = readKnown(team);
  checkAllowlistForm(team, isOn);
  if (disabled !== undefined && known !== undefined) rejectUnknown(disabled, known);
  if (isOn === false) {
    noteOff(enabled ?? disabled);
    return [];
  }
  if (enabled !== undefined) return [listOf('allow', enabled)];
  if (disabled === undefined || known === undefined) return [];
  const off = new Set(disabled.names.map(formOf));
  const left = known.names.filter((name) => !off.has(formOf(name)));
  const on = listOf('allow', { reader: disabled.reader, names: left }, true);
  return disabled.names.length === 0 ? [on] : [on, listOf('deny', disabled, true)];
}

function readNames(team: MapReader, key: string, rules: TextListRules): Named | undefined {
  const reader = team.value(key);
  const names = reader?.texts(rules);
  return reader === undefined || names === undefined ? undefined : { reader, names: names.value };
}

/** The providers that there were, and the day on which they were all that there were. */
function readKnown(team: MapReader): Named | undefined {
  const day = team.text('as_of');
  if (day !== undefined && !isDay(day.value)) {
    team.report.error('invalid_text', day, `${quote(day.value)} is not a date`, {
      help: 'write the day on which the settings were read, such as `2026-01-31`',
    });
  }
  return readNames(team, 'providers', PROVIDERS);
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const start = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(start.getTime()) && start.toISOString().startsWith(text);
}

function noteOff(stated: Named | undefined): void {
  if (stated === undefined) return;
  const { report, label, name } = stated.reader;
  report.notice('list_switched_off', label, `${name} is switched off and restricts nothing`, {
    help: 'write `allowlist_on: true` if it is to hold',
  });
}

/** A misspelt name would leave on what is to be off. */
function rejectUnknown(disabled: Named, known: Named): void {
  const { report } = disabled.reader;
  const forms = new Set(known.names.map(formOf));
  const spellings = known.names.map(({ value }) => value);
  for (const name of disabled.names) {
    if (forms.has(formOf(name))) continue;
    const nearest = report.isFull ? undefined : nearestName(name.value, spellings);
    const message = `${disabled.reader.name} names ${quote(name.value)}, which ${known.reader.name} does not`;
    report.error('unknown_value', name, message, {
      help: 'name it as `providers` does, or add it there',
      ...(nearest === undefined ? {} : { replacement: nearest }),
    });
  }
}

function foldProvider(name: string): string {
  return foldedId(VERCEL_PROVIDERS.get(name) ?? name);
}

function formOf({ value }: Located<string>): string {
  return foldProvider(value);
}

/**
 * A list read from what was disabled is not tied to the catalog: what was known need not be in it, and what is
 * disabled stays off under every other name that catalogs have for it, now and later.
 */
function listOf(
  effect: TargetList['effect'],
  { reader, names }: Named,
  future = false,
): TargetList {
  if (effect === 'allow') noteIfEmpty(reader, names);
  return {
    subject: 'provider',
    effect,
    entries: names.map(({ value, position }) => ({
      pattern: { provider: value },
      text: value,
      future,
      position,
    })),
    position: reader.label.position,
  };
}
