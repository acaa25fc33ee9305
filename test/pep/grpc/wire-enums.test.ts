import protobuf from 'protobufjs';

import { APIS } from '../../../src/core/model/api';
import { ASSURANCES } from '../../../src/core/model/claim';
import { LAYERS } from '../../../src/core/model/reason';
import {
  apiFromWire,
  WIRE_APIS,
  WIRE_ASSURANCES,
  WIRE_CLAIM_LEVELS,
  WIRE_LAYERS,
  WIRE_OUTCOMES,
  WIRE_POLICY_MODES,
  WIRE_REASON_STATES,
  WIRE_SERVING_STATES,
  WIRE_SEVERITIES,
} from '../../../src/pep/grpc/wire-enums';
import { loadContract } from '../../contract/support/contract';

const CONTRACT = loadContract();

/** Each table with its enum in the contract, whose values carry the prefix. */
const TABLES: readonly (readonly [string, string, Readonly<Record<string, number>>])[] = [
  ['Api', 'API_', WIRE_APIS],
  ['Outcome', 'OUTCOME_', WIRE_OUTCOMES],
  ['Layer', 'LAYER_', WIRE_LAYERS],
  ['ReasonState', 'REASON_STATE_', WIRE_REASON_STATES],
  ['PolicyMode', 'POLICY_MODE_', WIRE_POLICY_MODES],
  ['Assurance', 'ASSURANCE_', WIRE_ASSURANCES],
  ['ClaimLevel', 'CLAIM_LEVEL_', WIRE_CLAIM_LEVELS],
  ['Severity', 'SEVERITY_', WIRE_SEVERITIES],
  ['ServingState', 'SERVING_STATE_', WIRE_SERVING_STATES],
];

describe('the numbers of enums', () => {
  it.each(TABLES)('are those of the contract, for every value of %s', (name, prefix, table) => {
    const named = Object.fromEntries(
      Object.entries(table).map(([word, number]) => [`${prefix}${word.toUpperCase()}`, number]),
    );
    const { values } = CONTRACT.lookupEnum(`ambit.v1.${name}`);
    expect({ ...named, [`${prefix}UNSPECIFIED`]: 0 }).toEqual({ ...values });
  });

  it('are there for every enum that answers have', () => {
    const answers = ['Decide', 'ListEligible', 'GetStatus', 'GetCatalog', 'Explain'];
    const enums = new Set<string>();
    const seen = new Set<string>();
    const visit = (name: string): void => {
      if (seen.has(name)) return;
      seen.add(name);
      for (const { resolvedType } of CONTRACT.lookupType(name).fieldsArray) {
        if (resolvedType instanceof protobuf.Enum) enums.add(resolvedType.name);
        else if (resolvedType !== null) visit(resolvedType.fullName);
      }
    };
    for (const answer of answers) visit(`ambit.v1.${answer}Response`);
    expect([...enums].sort()).toEqual(TABLES.map(([name]) => name).sort());
  });

  it('rise as the words are listed, so that what is sorted by number is sorted by word', () => {
    expect(APIS.map((api) => WIRE_APIS[api])).toEqual(APIS.map((_, index) => index + 1));
    expect(LAYERS.map((layer) => WIRE_LAYERS[layer])).toEqual(LAYERS.map((_, index) => index + 1));
    expect(ASSURANCES.map((each) => WIRE_ASSURANCES[each])).toEqual([1, 2, 3]);
  });
});

describe('an api by its number', () => {
  it('is read back', () => {
    for (const api of APIS) expect(apiFromWire(WIRE_APIS[api])).toBe(api);
  });

  it.each([0, -1, APIS.length + 1, 2 ** 31 - 1, 1.5, Number.NaN])('is none: %p', (number) => {
    expect(apiFromWire(number)).toBeUndefined();
  });
});
