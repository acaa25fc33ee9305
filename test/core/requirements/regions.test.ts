import fc from 'fast-check';
import {
  isCountry,
  isInside,
  isRegionName,
  mayOverlap,
  nearestRegionNames,
  normaliseRegion,
  REGION_NAMES,
} from '../../../src/core/requirements/regions';
import { runs, SEED, Spread } from '../../laws/support/runs';

const COUNTRIES = REGION_NAMES.filter((name) => name !== 'eu' && name !== 'eea');
// Counted and listed a second time, by accession, so that a slip in the product's list is seen.
const EU_BY_ACCESSION = [
  ...['BE', 'DE', 'FR', 'IT', 'LU', 'NL', 'DK', 'IE', 'GR', 'ES', 'PT', 'AT', 'FI', 'SE'],
  ...['CY', 'CZ', 'EE', 'HU', 'LT', 'LV', 'MT', 'PL', 'SI', 'SK', 'BG', 'RO', 'HR'],
];
const NOWHERE = [
  'global',
  '',
  'eu-west-1',
  'us-east-1',
  'apac',
  'UK',
  'XX',
  'EUROPE',
  'ß',
  'DEU',
  ' DE',
  'D E',
];
const anyRegion = fc.constantFrom(...REGION_NAMES, ...NOWHERE);

describe('regions', () => {
  it('lists the 249 countries of ISO 3166-1 once each', () => {
    expect(COUNTRIES).toHaveLength(249);
    expect(new Set(COUNTRIES).size).toBe(249);
    expect(COUNTRIES.every((code) => /^[A-Z]{2}$/.test(code))).toBe(true);
    expect(COUNTRIES).toEqual([...COUNTRIES].sort());
  });

  it('lists no country that the runtime has no name for', () => {
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    expect(COUNTRIES.filter((code) => names.of(code) === undefined)).toEqual([]);
  });

  it('puts the 27 into eu, and IS, LI and NO besides into eea', () => {
    const inside = (group: string) => COUNTRIES.filter((code) => isInside(code, [group]));
    expect(inside('eu')).toEqual([...EU_BY_ACCESSION].sort());
    expect(inside('eea')).toEqual([...EU_BY_ACCESSION, 'IS', 'LI', 'NO'].sort());
  });

  it.each([
    ['DE', ['DE'], true],
    ['de', ['De'], true],
    ['EU', ['eea'], true],
    ['eu', ['EU'], true],
    ['eea', ['eea'], true],
    ['eea', ['eu'], false],
    ['eu', ['DE'], false],
    ['eu', EU_BY_ACCESSION, false],
    ['GB', ['eu', 'eea'], false],
    ['CH', ['eu', 'eea'], false],
    ['NO', ['eu'], false],
    ['GF', ['eu', 'FR'], false],
    ['FR', ['US', 'eu'], true],
    ['FR', [], false],
    ['US', ['US-east'], false],
  ])('%p lies in %p: %p', (region, allowed, expected) => {
    expect(isInside(region, allowed)).toBe(expected);
  });

  it.each(NOWHERE)('%p lies in nothing, not even in itself, and holds nothing', (name) => {
    expect(isInside(name, [name, ...REGION_NAMES])).toBe(false);
    expect(REGION_NAMES.filter((region) => isInside(region, [name]))).toEqual([]);
    expect(isRegionName(name)).toBe(false);
    expect(mayOverlap(name, 'DE')).toBe(true);
  });

  it('makes no country of letters that only look or grow like one', () => {
    // Their upper case is SS, IE, IS and KE.
    for (const text of ['ß', 'ıe', 'ſs', 'iſ', '\u212Ae']) expect(isCountry(text)).toBe(false);
  });

  it('is an order: what lies inside the inner lies inside the outer', () => {
    const seen = new Spread();
    fc.assert(
      fc.property(
        anyRegion,
        fc.constantFrom('eu', 'eea', 'DE'),
        fc.constantFrom('eu', 'eea'),
        (a, b, c) => {
          if (!isInside(a, [b]) || !isInside(b, [c])) return;
          seen.add('nested');
          expect(isInside(a, [c])).toBe(true);
          expect(mayOverlap(a, c)).toBe(true);
        },
      ),
      { numRuns: runs(2000), seed: SEED },
    );
    seen.expectAtLeast(100, 'nested');
  });

  it('finds overlap in either order, and never denies it of what lies inside', () => {
    fc.assert(
      fc.property(anyRegion, anyRegion, (a, b) => {
        expect(mayOverlap(a, b)).toBe(mayOverlap(b, a));
        if (isInside(a, [b])) expect(mayOverlap(a, b)).toBe(true);
      }),
    );
    expect(mayOverlap('eu', 'DE')).toBe(true);
    expect(mayOverlap('eu', 'CN')).toBe(false);
    expect(mayOverlap('DE', 'FR')).toBe(false);
  });

  it('normalises once and for all', () => {
    expect(['de', 'Eu', 'EEA', 'GLOBAL', 'us-East-1', 'fra'].map(normaliseRegion)).toEqual([
      ...['DE', 'eu', 'eea', 'global', 'us-East-1', 'fra'],
    ]);
    fc.assert(
      fc.property(fc.oneof(anyRegion, fc.string()), (text) => {
        expect(normaliseRegion(normaliseRegion(text))).toBe(normaliseRegion(text));
      }),
    );
  });

  it('advises on common slips and guesses at nothing else', () => {
    expect(nearestRegionNames('UK')).toEqual(['GB']);
    expect(nearestRegionNames(' usa ')).toEqual(['US']);
    expect(nearestRegionNames('EL')).toEqual(['GR']);
    expect(nearestRegionNames('Europe')).toEqual(['eu']);
    expect(nearestRegionNames('European Union')).toEqual(['eu']);
    expect(nearestRegionNames('Mars')).toHaveLength(0);
    // London and Zurich are `eu-` zones of clouds; neither is in the EU.
    expect(nearestRegionNames('eu-west-2')).toEqual([]);
  });
});
