import type { RequirementRule } from '../../core/model/requirement';
import { isInside } from '../../core/requirements/regions';
import type { MapReader, ValueReader } from '../yaml/reader';
import { quote, type Located } from '../yaml/source-text';
import { placeOf } from './contradictions';
import { readFreeEntries } from './free-keys';
import { FREE_KEY, NAME, VALUE } from './names';
import { readRegions } from './regions';
import { SWITCH_KEYS, type ReadRule } from './switches';

/** Reads the parameters of one requirement. Undefined: they are wrong, which was reported. */
type RuleForm = (reader: ValueReader) => RequirementRule | undefined;

/** Requirements with parameters, by their key in files. */
const FORMS: Readonly<Record<string, RuleForm>> = Object.freeze({
  max_retention_days: readRetention,
  certifications: readCertifications,
  processing_regions: (reader) => readResidency(reader, 'processing_regions'),
  storage_regions: (reader) => readResidency(reader, 'storage_regions'),
  headquarters: readHeadquarters,
  quantizations: readQuantizations,
  max_price: readMaxPrice,
  labels: readLabels,
} satisfies Record<string, RuleForm>);

/** Keys that stand beside `labels`. */
const TAKEN_KEYS = [...SWITCH_KEYS, ...Object.keys(FORMS), 'expression', 'minimum_assurance'];

/** Reads all requirements with parameters that are there. */
export function readRules(requirements: MapReader): readonly ReadRule[] {
  return Object.entries(FORMS).flatMap(([key, read]) => {
    const reader = requirements.value(key);
    const rule = reader === undefined ? undefined : read(reader);
    return reader === undefined || rule === undefined ? [] : [{ reader, rule }];
  });
}

/** No number is proposed for a wrong one: each larger one would let more through. */
function readRetention(reader: ValueReader): RequirementRule | undefined {
  const days = reader.integer();
  return days === undefined ? undefined : { kind: 'max_retention_days', days: days.value };
}

function readCertifications(reader: ValueReader): RequirementRule | undefined {
  const map = reader.map();
  if (map === undefined) return undefined;
  const allOf = map.texts('all_of', FREE_KEY)?.value;
  const anyOf = map.texts('any_of', FREE_KEY)?.value;
  const maxAgeDays = map.integer('max_age_days', { min: 1 });
  map.close();
  if (!map.has('all_of') && !map.has('any_of')) {
    rejectIdle(map, ['all_of', 'any_of']);
    return undefined;
  }
  return {
    kind: 'certifications',
    allOf: valuesOf(allOf ?? []),
    anyOf: valuesOf(anyOf ?? []),
    ...(maxAgeDays === undefined ? {} : { maxAgeDays: maxAgeDays.value }),
  };
}

function readResidency(
  reader: ValueReader,
  kind: 'processing_regions' | 'storage_regions',
): RequirementRule | undefined {
  const regions = readRegions(reader, 'rule');
  return regions === undefined ? undefined : { kind, regions: valuesOf(regions) };
}

function readHeadquarters(reader: ValueReader): RequirementRule | undefined {
  const map = reader.map();
  if (map === undefined) return undefined;
  const allow = readRegions(map.value('allow'), 'rule');
  const deny = readRegions(map.value('deny'), 'rule');
  map.close();
  if (!map.has('allow') && !map.has('deny')) {
    rejectIdle(map, ['allow', 'deny']);
    return undefined;
  }
  for (const region of allow ?? []) rejectDeniedRegion(map, region, deny ?? []);
  return {
    kind: 'headquarters',
    ...(allow === undefined ? {} : { allow: valuesOf(allow) }),
    ...(deny === undefined ? {} : { deny: valuesOf(deny) }),
  };
}

function rejectDeniedRegion(
  map: MapReader,
  allowed: Located<string>,
  deny: readonly Located<string>[],
): void {
  const denied = deny.find((region) => isInside(allowed.value, [region.value]));
  if (denied === undefined) return;
  const places = `allowed at ${placeOf(allowed)}, denied at ${placeOf(denied)}`;
  map.report.error('contradiction', allowed, `${quote(allowed.value)} is ${places}`, {
    help: 'remove the one that is not meant',
    related: { at: denied, message: 'denied here' },
  });
}

function readQuantizations(reader: ValueReader): RequirementRule | undefined {
  const texts = reader.texts(NAME);
  return texts === undefined
    ? undefined
    : { kind: 'quantizations', allowed: valuesOf(texts.value) };
}

function readMaxPrice(reader: ValueReader): RequirementRule | undefined {
  const map = reader.map();
  if (map === undefined) return undefined;
  const prompt = map.number('prompt');
  const completion = map.number('completion');
  map.close();
  if (!map.has('prompt') && !map.has('completion')) {
    rejectIdle(map, ['prompt', 'completion']);
    return undefined;
  }
  return {
    kind: 'max_price',
    ...(prompt === undefined ? {} : { prompt: prompt.value }),
    ...(completion === undefined ? {} : { completion: completion.value }),
  };
}

function readLabels(reader: ValueReader): RequirementRule | undefined {
  const map = reader.map();
  if (map === undefined) return undefined;
  if (map.isEmpty) {
    rejectIdle(map, ['KEY: VALUE']);
    return undefined;
  }
  const entries = readFreeEntries(map, TAKEN_KEYS);
  const labels = entries.flatMap(({ key, value }): (readonly [string, string])[] => {
    const text = value.text(VALUE);
    return text === undefined ? [] : [[key.value, text.value]];
  });
  return { kind: 'labels', labels: new Map(labels) };
}

function rejectIdle(map: MapReader, keys: readonly string[]): void {
  const names = keys.map((key) => `\`${key}\``).join(' or ');
  map.fail('states_nothing', `\`${map.path}\` demands nothing`, {
    help: `write ${names}, or remove it`,
  });
}

function valuesOf(texts: readonly Located<string>[]): readonly string[] {
  return texts.map((text) => text.value);
}
