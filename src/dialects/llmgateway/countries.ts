import {
  isCountry,
  isRegionName,
  nearestRegionNames,
  normaliseRegion,
} from '../../core/requirements/regions';
import type { Requirement } from '../../core/model/requirement';
import type { ValueReader } from '../yaml/reader';
import { quote, type Located } from '../yaml/source-text';
import { noteRestrictsNothing } from './list-notes';

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
  const region = regionOf(reader, text, {
    isKnown: isRegionName,
    help: 'write `eu`, or a country by its ISO 3166-1 code, such as `us`',
  });
  if (region === undefined) return [];
  const { position } = reader.label;
  return [{ rule: { kind: 'processing_regions', regions: [region] }, position }];
}

/** A country in upper case, whatever its case in the file; what is none is reported. */
export function countryOf(reader: ValueReader, text: Located<string>): string | undefined {
  return regionOf(reader, text, {
    isKnown: isCountry,
    help: 'name countries by their ISO 3166-1 code, such as `DE`',
  });
}

/** What a name may be, and what to write instead. */
interface RegionForm {
  readonly isKnown: (name: string) => boolean;
  readonly help: string;
}

function regionOf(
  reader: ValueReader,
  text: Located<string>,
  { isKnown, help }: RegionForm,
): string | undefined {
  if (isKnown(text.value)) return normaliseRegion(text.value);
  const [nearest] = nearestRegionNames(text.value).filter(isKnown);
  reader.report.error(
    'unknown_value',
    text,
    `${reader.name} names the unknown ${quote(text.value)}`,
    {
      help,
      ...(nearest === undefined ? {} : { replacement: nearest }),
    },
  );
  return undefined;
}
