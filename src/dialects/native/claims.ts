import {
  CLAIM_TYPES,
  isKnownClaimName,
  type Claim,
  type ClaimName,
  type ClaimValue,
} from '../../core/model/claim';
import type { MapReader, ValueReader } from '../yaml/reader';
import { readClaimValue } from './claim-values';
import { readFreeEntries } from './free-keys';
import { VALUE } from './names';
import { readCoverage, readEvidence, readProvenance, type Provenance } from './provenance';

/** How the value of one claim is read. */
type ReadValue = (reader: ValueReader) => ClaimValue | undefined;

/** Claims that stand under `price`, by their key there. */
const PRICES = { prompt: 'price_prompt', completion: 'price_completion' } as const;

/** Names by which requirements know reports, and the claim that says the same. */
const REPORT_CLAIMS: ReadonlyMap<string, string> = new Map([
  ['soc2_type1', 'write `soc2: type1` in `claims`'],
  ['soc2_type2', 'write `soc2: type2` in `claims`'],
]);

/** Keys that stand beside `certifications` and `labels`, and the names by which requirements know reports. */
const TAKEN_KEYS = [
  ...Object.keys(CLAIM_TYPES),
  'price',
  'certifications',
  'labels',
  ...REPORT_CLAIMS.keys(),
];

/** Reads `claims` and `evidence` of a provider, endpoint, credential or target. */
export function readClaims(owner: MapReader): readonly Claim[] {
  const defaults = readEvidence(owner);
  const claims = owner.map('claims');
  if (claims === undefined) return [];
  if (claims.isEmpty) {
    claims.fail('empty_map', '`claims` states nothing', {
      help: 'remove it: what is not claimed is unknown',
    });
  }
  const read = [
    ...readKnownClaims(claims, defaults),
    ...readPrices(claims.map('price'), defaults),
    ...readFreeClaims(claims.map('certifications'), 'certification', defaults),
    ...readFreeClaims(claims.map('labels'), 'label', defaults),
  ];
  claims.close();
  return read;
}

function readKnownClaims(claims: MapReader, defaults: Provenance): Claim[] {
  return Object.keys(CLAIM_TYPES)
    .filter(isKnownClaimName)
    .filter((name) => name !== PRICES.prompt && name !== PRICES.completion)
    .flatMap((name) => {
      const readValue: ReadValue = (reader) => readClaimValue(name, reader);
      return readClaim(claims.value(name), { name, readValue, defaults });
    });
}

function readPrices(price: MapReader | undefined, defaults: Provenance): Claim[] {
  if (price === undefined) return [];
  rejectEmpty(price);
  const read = (['prompt', 'completion'] as const).flatMap((key) => {
    const readValue: ReadValue = (reader) => readClaimValue(PRICES[key], reader);
    return readClaim(price.value(key), { name: PRICES[key], readValue, defaults });
  });
  price.close();
  return read;
}

/** Certifications are true or false, labels are text; their names are the users' own. */
function readFreeClaims(
  map: MapReader | undefined,
  prefix: 'certification' | 'label',
  defaults: Provenance,
): Claim[] {
  if (map === undefined) return [];
  rejectEmpty(map);
  const readValue: ReadValue = (reader) =>
    prefix === 'label' ? reader.text(VALUE)?.value : reader.boolean()?.value;
  return readFreeEntries(map, TAKEN_KEYS, REPORT_CLAIMS).flatMap(({ key, value }) =>
    readClaim(value, { name: `${prefix}:${key.value}`, readValue, defaults }),
  );
}

function rejectEmpty(map: MapReader): void {
  if (map.isEmpty) map.fail('empty_map', `\`${map.path}\` states nothing`, { help: 'remove it' });
}

/** A claim is its value, or a mapping of the value with its provenance and what it covers. */
function readClaim(
  reader: ValueReader | undefined,
  what: {
    readonly name: ClaimName;
    readonly readValue: ReadValue;
    readonly defaults: Provenance;
  },
): Claim[] {
  if (reader === undefined) return [];
  const { name, readValue, defaults } = what;
  const { position } = reader.label;
  const long = reader.kind === 'map' ? reader.map() : undefined;
  const valueReader = long === undefined ? reader : long.required('value');
  const value = valueReader === undefined ? undefined : readValue(valueReader);
  const own = long === undefined ? {} : { ...readProvenance(long), ...readCoverage(long) };
  long?.close();
  if (value === undefined) return [];
  return [{ assurance: 'declared', ...defaults, ...own, name, value, position }];
}
