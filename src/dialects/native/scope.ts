import type { Scope, ScopePlaces } from '../../core/model/policy';
import { nearestName } from '../yaml/nearest';
import type { TextListRules } from '../yaml/lists';
import type { MapReader, ValueReader } from '../yaml/reader';
import { quote, type Located } from '../yaml/source-text';
import { readFreeEntries } from './free-keys';
import { SCOPE_VALUE } from './names';

/** Keys that enforcement points send as a rule. Others are allowed, but a near miss is likely a slip. */
const USUAL_KEYS = [
  'tenant',
  'team',
  'gateway',
  'environment',
  'user_group',
  'key',
  'data_class',
] as const;

/** Keys that stand beside a scope, in a policy, a bundle or an include. */
const TAKEN_KEYS = [
  'mode',
  'scope',
  'providers',
  'models',
  'requirements',
  'on_no_eligible',
  'log_provider_selection',
  'unrestricted',
  'revision',
  'default',
  'tenants',
  'scope_values',
  'include',
  'file',
  'dialect',
  'applies_to',
  'provider_names',
  'contact',
] as const;

/** Reads a scope: each key with the values that it names, one of them or a list, or `any`. */
export function readScope(scope: MapReader | undefined): Scope | undefined {
  if (scope === undefined) return undefined;
  if (scope.isEmpty) {
    scope.fail('empty_map', `\`${scope.path}\` is empty`, {
      help: 'name a key, or remove it: without it all are meant',
    });
  }
  const read = new Map<string, readonly string[] | 'any'>();
  for (const { key, value } of readFreeEntries(scope, TAKEN_KEYS)) {
    noticeNearMiss(scope, key);
    const values = readScopeValues(value);
    if (values !== undefined) read.set(key.value, values);
  }
  return read;
}

/** Where the keys of a scope stand, and their values. Reports nothing: `readScope` does. */
export function scopePlaces(scope: MapReader | undefined): ReadonlyMap<string, ScopePlaces> {
  const entries = scope?.entries() ?? [];
  return new Map(
    entries.map(({ key, value: { node } }) => {
      const named = node.kind === 'list' ? node.items : [node];
      const isAny = node.kind === 'scalar' && node.value === 'any';
      const values = isAny ? [] : named.map(({ position }) => position);
      return [key.value, { key: key.position, values }];
    }),
  );
}

function readScopeValues(value: ValueReader): readonly string[] | 'any' | undefined {
  return readValuesOrAny(value, SCOPE_VALUE, {
    message: '`any` stands in a list of values',
    help: 'write `any` without brackets for all values, or name the values only',
  });
}

/** Reads one value, a list of them, or `any`, which in a list would be one value among others and is reported. */
export function readValuesOrAny(
  value: ValueReader,
  rules: TextListRules,
  anyInList: { readonly message: string; readonly help: string },
): readonly string[] | 'any' | undefined {
  if (value.kind !== 'list') {
    const text = value.text(rules)?.value;
    if (text === undefined) return undefined;
    return text === 'any' ? 'any' : [text];
  }
  const texts = value.texts(rules)?.value;
  const any = texts?.find((text) => text.value === 'any');
  if (any === undefined) return texts?.map((text) => text.value);
  value.report.error('contradiction', any, anyInList.message, { help: anyInList.help });
  return undefined;
}

function noticeNearMiss(scope: MapReader, key: Located<string>): void {
  const nearest = nearestName(key.value, USUAL_KEYS);
  if (nearest === undefined || nearest === key.value) return;
  const message = `the scope key ${quote(key.value)} is close to the usual ${quote(nearest)}`;
  scope.report.notice('unusual_scope_key', key, message, { replacement: nearest });
}
