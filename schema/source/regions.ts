import { REGION_NAMES } from '../../src/core/requirements/regions';
import type { Definitions, Schema } from './json-schema';

/** Countries by the first letter of their code. */
function countriesByLetter(): ReadonlyMap<string, readonly string[]> {
  const byLetter = new Map<string, readonly string[]>();
  for (const code of REGION_NAMES.filter((name) => /^[A-Z]{2}$/u.test(name))) {
    byLetter.set(code.charAt(0), [...(byLetter.get(code.charAt(0)) ?? []), code.charAt(1)]);
  }
  return byLetter;
}

/** A letter in both cases, as a pattern. */
function eitherCase(letters: string): string {
  return `[${letters.toUpperCase()}${letters.toLowerCase()}]`;
}

/** Editors propose the usual spelling, and any other case is understood as well. */
function region(groups: readonly string[], description: string): Schema {
  const countries = [...countriesByLetter()].map(
    ([first, seconds]) => eitherCase(first) + eitherCase(seconds.join('')),
  );
  const named = groups.map((group) => Array.from(group, eitherCase).join(''));
  const usual = [...groups, ...REGION_NAMES.filter((name) => !groups.includes(name))];
  return {
    description,
    anyOf: [
      { type: 'string', enum: usual },
      { type: 'string', pattern: `^(?:${[...named, ...countries].join('|')})$` },
    ],
    examples: ['DE', 'eu'],
  };
}

/** A rule may not say `global`, because nothing lies in it. */
export const REGIONS: Definitions = {
  rule_region: region(['eu', 'eea'], 'A country by its ISO 3166-1 alpha-2 code, `eu` or `eea`.'),
  claim_region: region(
    ['eu', 'eea', 'global'],
    'A country by its ISO 3166-1 alpha-2 code, `eu`, `eea` or `global`, which lies in nothing.',
  ),
};
