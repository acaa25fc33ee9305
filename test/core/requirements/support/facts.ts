import type { Claim, ClaimName, ClaimValue } from '../../../../src/core/model/claim';
import type { ClaimReading } from '../../../../src/core/model/requirement';
import type { TargetFacts } from '../../../../src/core/requirements/requirement-kind';

/** The instant at which all tests of requirements decide. */
export const NOW_MS = Date.UTC(2026, 6, 1);

/** A claim as a catalog would state it; `more` overrides the rest. */
export function claim(name: ClaimName, value: ClaimValue, more: Partial<Claim> = {}): Claim {
  const position = { file: 'catalog.yaml', line: 7, column: 9 };
  return { name, value, position, assurance: 'declared', ...more };
}

/** A reading of a claim that is in force. */
export function stated(
  name: ClaimName,
  value: ClaimValue,
  more: Partial<Claim> = {},
): ClaimReading {
  return { state: 'stated', claim: claim(name, value, more) };
}

/** The readings other than stated, each of a claim that would satisfy if it were in force. */
export function notInForce(name: ClaimName, value: ClaimValue): readonly ClaimReading[] {
  return [
    { state: 'unknown' },
    { state: 'unknown', uncovered: claim(name, value, { apis: ['embeddings'] }) },
    { state: 'expired', claim: claim(name, value, { expiresAtMs: NOW_MS }) },
    { state: 'conflicting', claims: [claim(name, value), claim(name, 'other')] },
  ];
}

/** Facts that read as given and know nothing else. */
export function factsOf(
  readings: ReadonlyMap<ClaimName, ClaimReading>,
  more: Partial<TargetFacts> = {},
): TargetFacts {
  return {
    read: (name) => readings.get(name) ?? { state: 'unknown' },
    namedRegions: [],
    attributes: new Map(),
    nowMs: NOW_MS,
    ...more,
  };
}

/** Facts in which these claims are in force and nothing else is declared. */
export function statedFacts(
  values: Readonly<Partial<Record<ClaimName, ClaimValue>>>,
  more: Partial<TargetFacts> = {},
): TargetFacts {
  const names = Object.keys(values) as ClaimName[];
  const readings = names.flatMap((name): (readonly [ClaimName, ClaimReading])[] => {
    const value = values[name];
    return value === undefined ? [] : [[name, stated(name, value)]];
  });
  return factsOf(new Map(readings), more);
}

/** Facts whose every reading throws, as a defect would. */
export function throwingFacts(): TargetFacts {
  return factsOf(new Map(), {
    read: () => {
      throw new Error('a defect');
    },
  });
}
