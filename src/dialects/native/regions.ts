import { isRegionName, nearestRegionNames, normaliseRegion } from '../../core/requirements/regions';
import { nearestName } from '../yaml/nearest';
import type { ValueReader } from '../yaml/reader';
import { quote, quoteAll, type Located } from '../yaml/source-text';

/** Who states the regions: a claim may be as wide as `global`; a rule may not, because nothing lies in it. */
export type RegionStatement = 'claim' | 'rule';

/** Groups of regions, narrowest first, so that of two equally near names the stricter one is proposed. */
const GROUPS: Record<RegionStatement, readonly string[]> = {
  claim: ['eu', 'eea', 'global'],
  rule: ['eu', 'eea'],
};

/**
 * Reads a list of regions: countries in upper case, groups in lower case, whatever the case in the file.
 * Anything else is an error, because it lies in nothing.
 */
export function readRegions(
  reader: ValueReader | undefined,
  statement: RegionStatement,
): readonly Located<string>[] | undefined {
  const texts = reader?.texts({ fold: normaliseRegion });
  if (reader === undefined || texts === undefined) return undefined;
  return texts.value.flatMap((text) => readRegion(reader, text, statement) ?? []);
}

function readRegion(
  reader: ValueReader,
  text: Located<string>,
  statement: RegionStatement,
): Located<string> | undefined {
  const groups = GROUPS[statement];
  const region = normaliseRegion(text.value);
  if (isRegionName(region) || groups.includes(region)) return { ...text, value: region };
  const replacement = nearestRegionNames(text.value)[0] ?? nearestName(text.value, groups);
  const help = `name countries by ISO 3166-1 code such as \`DE\`, or ${quoteAll(groups)}`;
  const message = `${reader.name} names ${quote(text.value)}, ${whatIsWrong(region)}`;
  const details = { help, ...(replacement === undefined ? {} : { replacement }) };
  reader.report.error('unknown_value', text, message, details);
  return undefined;
}

function whatIsWrong(region: string): string {
  return region === 'global' ? 'in which nothing lies' : 'which is no region';
}
