/** Every country of ISO 3166-1 by its alpha-2 code, as of 2026: 249 of them. */
const COUNTRIES: ReadonlySet<string> = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV ' +
    'BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ' +
    'ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE ' +
    'IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY ' +
    'MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU ' +
    'NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM ' +
    'SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE ' +
    'VG VI VN VU WF WS YE YT ZA ZM ZW'
  ).split(' '),
);

/**
 * Member states of the European Union. Their territories with an ISO code of their own (GF, GP, MQ, RE, YT,
 * AX, ...) are not listed: a claim that names one states something else than its member state.
 */
const EU_MEMBERS: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

/** The European Economic Area: the EU and three more. Neither GB (left in 2020) nor CH (never joined) is in it. */
const EEA_MEMBERS: ReadonlySet<string> = new Set([...EU_MEMBERS, 'IS', 'LI', 'NO']);

/** What people write for a region and what they mean; only for advice, never read as the region. */
const COMMON_SLIPS: ReadonlyMap<string, string> = new Map([
  ['uk', 'GB'],
  ['usa', 'US'],
  ['el', 'GR'],
  ['europe', 'eu'],
  ['european union', 'eu'],
]);

/** Names of regions that hold others, narrower first. */
const GROUPS = ['eu', 'eea'] as const;

/** Every name that lies in something, for messages and completions: `eu`, `eea`, then countries by code. */
export const REGION_NAMES: readonly string[] = Object.freeze([...GROUPS, ...COUNTRIES]);

/** Upper case for countries, lower case for `eu`, `eea` and `global`; other texts as they are. */
export function normaliseRegion(text: string): string {
  // Plain ASCII only: `toUpperCase` makes a country of some other letters (`ß` becomes SS, South Sudan).
  if (!/^[A-Za-z]+$/.test(text)) return text;
  const lower = text.toLowerCase();
  if (isGroup(lower) || lower === 'global') return lower;
  return text.length === 2 ? text.toUpperCase() : text;
}

/** True for a country of ISO 3166-1, in any case. */
export function isCountry(text: string): boolean {
  return COUNTRIES.has(normaliseRegion(text));
}

/** True for what lies in something: a country, `eu` or `eea`, in any case. `global` does not. */
export function isRegionName(text: string): boolean {
  const region = normaliseRegion(text);
  return isGroup(region) || COUNTRIES.has(region);
}

/** Names that a text which is no region may stand for; often none. A cloud's zone is not guessed at. */
export function nearestRegionNames(text: string): readonly string[] {
  const meant = COMMON_SLIPS.get(text.trim().toLowerCase());
  return meant === undefined ? [] : [meant];
}

/**
 * True if a region lies wholly inside one of the allowed ones. That is the one containment: a country in
 * itself, members in `eu`, `eu` in `eea`. `global`, empty and unlisted names lie in nothing, not even in an
 * equal text (L2), and `eu` does not lie in a list of its members.
 */
export function isInside(region: string, allowed: readonly string[]): boolean {
  const inner = normaliseRegion(region);
  if (!isRegionName(inner)) return false;
  return allowed.some((entry) => holds(normaliseRegion(entry), inner));
}

/** True unless two regions have surely nothing in common; what is not a region may be anywhere. */
export function mayOverlap(left: string, right: string): boolean {
  if (!isRegionName(left) || !isRegionName(right)) return true;
  return isInside(left, [right]) || isInside(right, [left]);
}

function holds(outer: string, inner: string): boolean {
  if (outer === inner) return true;
  if (outer === 'eu') return EU_MEMBERS.has(inner);
  return outer === 'eea' && (inner === 'eu' || EEA_MEMBERS.has(inner));
}

function isGroup(text: string): boolean {
  return (GROUPS as readonly string[]).includes(text);
}
