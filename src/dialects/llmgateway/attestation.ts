import type { Claim, ClaimName, ClaimValue } from '../../core/model/claim';
import type { MapReader, ValueReader } from '../yaml/reader';
import { countryOf } from './countries';
import { readRetentionDays } from './retention-period';

/** How the value of one key becomes the value of a claim. */
interface ClaimForm {
  readonly key: string;
  readonly name: ClaimName;
  readonly read: (reader: ValueReader) => ClaimValue | undefined;
}

const isTrue = (reader: ValueReader): boolean | undefined => reader.boolean()?.value;

/** The keys of an attestation by meaning, in LLMGateway's order. */
const FORMS: readonly ClaimForm[] = [
  { key: 'soc2', name: 'soc2', read: readSoc2 },
  { key: 'iso27001', name: 'iso27001', read: isTrue },
  { key: 'gdpr', name: 'gdpr', read: isTrue },
  { key: 'apiTraining', name: 'training_opt_out', read: readOptOut },
  { key: 'promptLogging', name: 'prompt_logging', read: isTrue },
  { key: 'retentionPeriod', name: 'retention_days', read: readRetentionDays },
  { key: 'headquarters', name: 'headquarters', read: readSeat },
];

/** Who attested, and when, is for LLMGateway's own record. */
const RECORD_KEYS = ['attestedAt', 'attestedByUserId'];

/**
 * Reads what the organisation attests of a provider of its own, as claims that it declares. A key that is absent or
 * null is unknown. Who is named and attested by the organisation is not hidden from it, so no attested provider is a
 * stealth one; LLMGateway holds it the same way.
 */
export function readAttestation(reader: ValueReader): readonly Claim[] | undefined {
  const map = reader.map();
  if (map === undefined) return undefined;
  const claims = FORMS.flatMap((form) => readClaim(map, form));
  for (const key of RECORD_KEYS) map.valueUnlessNull(key)?.text();
  map.close();
  const stealth: Claim = {
    name: 'label:stealth',
    value: 'false',
    assurance: 'declared',
    position: reader.label.position,
  };
  return [...claims, stealth];
}

function readClaim(map: MapReader, { key, name, read }: ClaimForm): readonly Claim[] {
  const reader = map.valueUnlessNull(key);
  const value = reader === undefined ? undefined : read(reader);
  if (reader === undefined || value === undefined) return [];
  return [{ name, value, assurance: 'declared', position: reader.label.position }];
}

function readSoc2(reader: ValueReader): ClaimValue | undefined {
  const type = reader.integer({ min: 1, max: 2 })?.value;
  return type === undefined ? undefined : `type${String(type)}`;
}

function readOptOut(reader: ValueReader): boolean | undefined {
  const trains = isTrue(reader);
  return trains === undefined ? undefined : !trains;
}

function readSeat(reader: ValueReader): ClaimValue | undefined {
  const text = reader.text();
  const country = text === undefined ? undefined : countryOf(reader, text);
  return country === undefined ? undefined : [country];
}
