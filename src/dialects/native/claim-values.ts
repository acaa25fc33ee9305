import { CLAIM_TYPES, type ClaimValue, type KnownClaimName } from '../../core/model/claim';
import type { ValueReader } from '../yaml/reader';
import { NAME } from './names';
import { readRegions } from './regions';

/** The type of a claim's value. */
type ClaimType = (typeof CLAIM_TYPES)[KnownClaimName];

/** Reads a claim's value in the spelling that native files have for it. */
type ValueForm = (reader: ValueReader) => ClaimValue | undefined;

/**
 * One form a type. Of the words of a choice only those are proposed for a misspelt one that satisfy no
 * requirement.
 */
const FORMS: Record<ClaimType, ValueForm> = {
  boolean: (reader) => reader.boolean()?.value,
  days: readDays,
  text: (reader) => reader.text(NAME)?.value,
  allow_deny: (reader) => reader.choice(['allow', 'deny'], { proposed: ['allow'] })?.value,
  soc2: (reader) => reader.choice(['none', 'type1', 'type2'], { proposed: ['none'] })?.value,
  countries: (reader) => readRegions(reader, 'claim')?.map((region) => region.value),
  regions: (reader) => readRegions(reader, 'claim')?.map((region) => region.value),
  nesting: readNesting,
  amount: (reader) => reader.number()?.value,
};

/** Reads the value of a claim whose meaning is fixed. */
export function readClaimValue(name: KnownClaimName, reader: ValueReader): ClaimValue | undefined {
  return FORMS[CLAIM_TYPES[name]](reader);
}

/** A day that has begun counts whole: rounding down would promise more than the provider does. */
function readDays(reader: ValueReader): number | undefined {
  const days = reader.number();
  return days === undefined ? undefined : Math.ceil(days.value);
}

function readNesting(reader: ValueReader): ClaimValue | undefined {
  if (reader.kind === 'boolean') return reader.boolean()?.value === true ? 'routes_on' : 'none';
  if (reader.kind === 'text' && reader.text()?.value === 'fallback_off') return 'fallback_off';
  reader.failType('true, false or `fallback_off`');
  return undefined;
}
