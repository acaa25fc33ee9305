import type { Unit, World } from './types';

/**
 * The one containment of regions (design, section 3): an ISO 3166-1 code lies in itself, in `eu` if it is a
 * member, and in `eea` if it is a member; `eu` lies in `eu` and in `eea`. Everything else lies in nothing.
 */
const EU = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(
  ' ',
);
const EEA = [...EU, 'IS', 'LI', 'NO'];
const ISO = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW ' +
    'BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI ' +
    'FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN ' +
    'IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME ' +
    'MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF ' +
    'PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV ' +
    'SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE ' +
    'YT ZA ZM ZW'
  ).split(' '),
);

/** A country, or one of the two groups. */
export const isPlace = (text: string): boolean => ISO.has(text) || text === 'eu' || text === 'eea';

/** True if the region lies inside one of the listed regions. */
export function liesInside(region: string, listed: readonly string[]): boolean {
  if (region === 'eu') {
    return listed.includes('eu') || listed.includes('eea');
  }
  if (region === 'eea') {
    return listed.includes('eea');
  }
  if (!ISO.has(region)) {
    return false;
  }
  return (
    listed.includes(region) ||
    (listed.includes('eu') && EU.includes(region)) ||
    (listed.includes('eea') && EEA.includes(region))
  );
}

/**
 * True if the region may lie, in part, inside one of the listed ones. Choice, fail closed: what is no ISO code
 * and no known group may lie anywhere, so a deny list over headquarters finds it.
 */
export function mayOverlap(region: string, listed: readonly string[]): boolean {
  return listed.some(
    (one) =>
      !isPlace(region) || !isPlace(one) || liesInside(region, [one]) || liesInside(one, [region]),
  );
}

/** The region that the last part of a cross-region model name begins with, such as `eu.vendor.model`; a target's region (L12). */
function regionOfModel(model: string): string | undefined {
  const prefix = /^(us|eu|apac|jp|au|ca|global)\.[^.]+\../iu
    .exec(model.slice(model.lastIndexOf('/') + 1))?.[1]
    ?.toLowerCase();
  if (prefix === undefined) {
    return undefined;
  }
  const names: Readonly<Record<string, string>> = { us: 'US', jp: 'JP', au: 'AU', ca: 'CA' };
  return names[prefix] ?? prefix;
}

/** All regions that the target names, whatever level a claim comes from (L12). */
export function regionsOfUnit(unit: Unit, world: World): readonly string[] {
  const ofEndpoint = world.files
    .flatMap(({ document }) => document.endpoints)
    .filter(({ id, provider }) => id === unit.endpointId && provider === unit.provider)
    .map(({ region }) => region);
  return [...unit.namedRegions, ...ofEndpoint, regionOfModel(unit.model)].filter(
    (region) => region !== undefined,
  );
}
