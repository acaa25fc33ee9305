import { isFeature } from '../../core/model/api';
import type { Api, Feature } from '../../core/model/api';
import { CLAIM_TYPES, isKnownClaimName } from '../../core/model/claim';
import type { Claim, ClaimName, ClaimValue, KnownClaimName } from '../../core/model/claim';
import { normaliseRegion } from '../../core/requirements/regions';
import type { ClaimInput } from '../../gen/ambit/v1/request';
import { MAX_ID_BYTES, MAX_LIST_ELEMENTS, MAX_VALUE_BYTES } from '../limits';
import { exceedsBytes } from '../text-size';
import { parseInstant } from './instants';
import type { Violation } from './violations';
import { apiFromWire } from './wire-enums';

/** Where inline claims stand: in no file, which answers show by leaving the place out. */
const IN_THE_REQUEST = { file: '', line: 0, column: 0 };

/** Reads the inline claims of a candidate; what is wrong becomes violations, at `path`. */
export function claimsFromWire(
  inputs: readonly ClaimInput[],
  path: string,
  violations: Violation[],
): readonly Claim[] {
  if (inputs.length > MAX_LIST_ELEMENTS) {
    violations.push({ path, problem: `has more than ${String(MAX_LIST_ELEMENTS)} elements` });
    return [];
  }
  const claims = inputs.flatMap((input, index) => {
    const claim = claimFromWire(input, `${path}[${String(index)}]`, violations);
    return claim === undefined ? [] : [claim];
  });
  refuseDoubled(claims, path, violations);
  return claims;
}

function claimFromWire(
  input: ClaimInput,
  path: string,
  violations: Violation[],
): Claim | undefined {
  const before = violations.length;
  const name = nameOf(input.name);
  if (name === undefined) {
    const problem = 'is no claim: use a name of the registry, `certification:NAME` or `label:KEY`';
    violations.push({ path: `${path}.name`, problem });
    return undefined;
  }
  const value = valueOf(name, input, path, violations);
  const expiresAtMs = input.expiresAt === undefined ? undefined : parseInstant(input.expiresAt);
  if (input.expiresAt !== undefined && expiresAtMs === undefined) {
    const problem = 'is no instant: use RFC 3339 with an offset, or a date';
    violations.push({ path: `${path}.expires_at`, problem });
  }
  const apis = apisOf(input, path, violations);
  const features = featuresOf(input, path, violations);
  if (value === undefined || violations.length > before) return undefined;
  return {
    name,
    value,
    position: IN_THE_REQUEST,
    assurance: 'declared',
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    ...(apis.length === 0 ? {} : { apis }),
    ...(features.length === 0 ? {} : { features }),
  };
}

function nameOf(name: string): ClaimName | undefined {
  if (exceedsBytes(name, MAX_ID_BYTES)) return undefined;
  if (isKnownClaimName(name)) return name;
  const free = /^(certification|label):(.+)$/s.exec(name);
  const [, kind, key] = free ?? [];
  if (kind === undefined || key === undefined) return undefined;
  return kind === 'label' ? `label:${key}` : `certification:${key}`;
}

type ClaimType = (typeof CLAIM_TYPES)[KnownClaimName];

function typeOf(name: ClaimName): ClaimType {
  if (isKnownClaimName(name)) return CLAIM_TYPES[name];
  return name.startsWith('label:') ? 'text' : 'boolean';
}

/** What each type of claim wants, for the message. */
const WANTED: Readonly<Record<ClaimType, string>> = {
  boolean: 'needs `bool_value`',
  days: 'needs `number_value`, finite and not negative',
  amount: 'needs `number_value`, finite and not negative',
  text: `needs \`string_value\` of at most ${String(MAX_VALUE_BYTES)} bytes`,
  allow_deny: 'needs `string_value`: `allow` or `deny`',
  soc2: 'needs `string_value`: `none`, `type1` or `type2`',
  nesting: 'needs `string_value`: `none`, `fallback_off` or `routes_on`, or `bool_value`',
  countries: 'needs `list_value` with names that are not empty',
  regions: 'needs `list_value` with names that are not empty',
};

function valueOf(
  name: ClaimName,
  input: ClaimInput,
  path: string,
  violations: Violation[],
): ClaimValue | undefined {
  const type = typeOf(name);
  const value = valueOfType(type, input.value);
  if (value === undefined) violations.push({ path: `${path}.value`, problem: WANTED[type] });
  return value;
}

function valueOfType(type: ClaimType, value: ClaimInput['value']): ClaimValue | undefined {
  switch (type) {
    case 'boolean':
      return value?.$case === 'boolValue' ? value.value : undefined;
    case 'days':
      return amountOf(value, Math.ceil);
    case 'amount':
      return amountOf(value, (amount) => amount);
    case 'text':
      return textOf(value);
    case 'allow_deny':
      return wordOf(value, ['allow', 'deny']);
    case 'soc2':
      return wordOf(value, ['none', 'type1', 'type2']);
    case 'nesting':
      if (value?.$case === 'boolValue') return value.value ? 'routes_on' : 'none';
      return wordOf(value, ['none', 'fallback_off', 'routes_on']);
    case 'countries':
    case 'regions':
      return placesOf(value);
  }
}

function amountOf(
  value: ClaimInput['value'],
  round: (amount: number) => number,
): number | undefined {
  if (value?.$case !== 'numberValue') return undefined;
  return Number.isFinite(value.value) && value.value >= 0 ? round(value.value) : undefined;
}

function textOf(value: ClaimInput['value']): string | undefined {
  if (value?.$case !== 'stringValue') return undefined;
  return exceedsBytes(value.value, MAX_VALUE_BYTES) ? undefined : value.value;
}

function wordOf(value: ClaimInput['value'], words: readonly string[]): string | undefined {
  const text = textOf(value);
  return text !== undefined && words.includes(text) ? text : undefined;
}

function placesOf(value: ClaimInput['value']): readonly string[] | undefined {
  if (value?.$case !== 'listValue') return undefined;
  const { values } = value.value;
  const fits = (name: string): boolean => name !== '' && !exceedsBytes(name, MAX_VALUE_BYTES);
  if (values.length > MAX_LIST_ELEMENTS || !values.every(fits)) return undefined;
  return [...new Set(values.map(normaliseRegion))];
}

function apisOf(input: ClaimInput, path: string, violations: Violation[]): readonly Api[] {
  const apis = new Set<Api>();
  for (const number of input.apis) {
    const api = apiFromWire(number);
    if (api === undefined) {
      violations.push({ path: `${path}.apis`, problem: `names no API by ${String(number)}` });
      return [];
    }
    apis.add(api);
  }
  return [...apis];
}

function featuresOf(input: ClaimInput, path: string, violations: Violation[]): readonly Feature[] {
  const features = new Set<Feature>();
  for (const feature of input.features) {
    if (!isFeature(feature)) {
      violations.push({ path: `${path}.features`, problem: 'names something that is no feature' });
      return [];
    }
    features.add(feature);
  }
  return [...features];
}

/** A name may be given again only for other APIs or features; otherwise the two contradict or repeat each other. */
function refuseDoubled(claims: readonly Claim[], path: string, violations: Violation[]): void {
  const seen = new Set<string>();
  for (const { name, apis, features } of claims) {
    const key = JSON.stringify([name, [...(apis ?? [])].sort(), [...(features ?? [])].sort()]);
    if (seen.has(key)) {
      violations.push({ path, problem: `states \`${name}\` twice for the same APIs and features` });
    }
    seen.add(key);
  }
}
