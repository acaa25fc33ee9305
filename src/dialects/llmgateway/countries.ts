import { isCountry, isRegionName, normaliseRegion } from '../../core/requirements/regions';
import type { Requirement } from '../../core/model/requirement';
import { noteRestrictsNothing } from '../yaml/empty-lists';
import type { ValueReader } from '../yaml/reader';
import { readRegionName } from '../yaml/region-names';
import type { Located } from '../yaml/source-text';

/** The countries in which providers may have their seats. An empty list is documented as no restriction. */
export function readCountries(reader: ValueReader | undefined): readonly Requirement[] {
  const texts = reader?.texts({ fold: normaliseRegion, mayBeEmpty: true });
  if (reader === undefined || texts === undefined) return [];
  if (noteRestrictsNothing(reader)) return [];
  const allow = texts.value.flatMap((text) => countryOf(reader, text) ?? []);
  return [{ rule: { kind: 'headquarters', allow }, position: reader.label.position }];
}

/** The region in which data is processed. Seats never count for it (L2). */
export function readResidency(reader: ValueReader | undefined): readonly Requirement[] {
  const text = reader?.text();
  if (reader === undefined || text === undefined) return [];
  const region = readRegionName(reader, text, {
    isKnown: isRegionName,
    describe,
    help: 'write `eu`, or a country by its ISO 3166-1 code, such as `us`',
  });
  if (region === undefined) return [];
  const { position } = reader.label;
  return [{ rule: { kind: 'processing_regions', regions: [region] }, position }];
}

/** A country in upper case, whatever its case in the file; what is none is reported. */
export function countryOf(reader: ValueReader, text: Located<string>): string | undefined {
  return readRegionName(reader, text, {
    isKnown: isCountry,
    describe,
    help: 'name countries by their ISO 3166-1 code, such as `DE`',
  });
}

function describe(name: string): string {
  return `the unknown ${name}`;
}
