import { isCountry, normaliseRegion } from '../../core/requirements/regions';
import type { Requirement, RequirementRule } from '../../core/model/requirement';
import type { MapReader, ValueReader } from '../yaml/reader';
import { readRegionName, type RegionForm } from '../yaml/region-names';
import { readRequirementSwitches, type RequirementSwitch } from '../yaml/requirement-switches';
import { quote } from '../yaml/source-text';

/**
 * The team's switches and what each demands. Zero data retention is documented as the superset of what disallows
 * training on prompts, so it demands both: whoever states the one alone is not what the switch promises.
 */
const SWITCHES: readonly RequirementSwitch[] = [
  {
    key: 'zdr',
    rules: [{ kind: 'require_zero_data_retention' }, { kind: 'require_no_training' }],
  },
  { key: 'disallow_prompt_training', rules: [{ kind: 'require_no_training' }] },
];

/** Vercel's lists name countries, and no groups of them. */
const COUNTRY: RegionForm = {
  isKnown: isCountry,
  describe: (name) => `${name}, which is no country`,
  help: 'name countries by ISO 3166-1 code, such as `DE`',
};

/** What the team requires of every provider, each rule once. Switches that are off demand nothing. */
export function readRequirements(team: MapReader): readonly Requirement[] {
  return [
    ...readRequirementSwitches(team, SWITCHES),
    ...readHeadquarters(team.value('headquarters')),
  ];
}

/** Vercel's list of countries is one that allows or one that denies. */
function readHeadquarters(reader: ValueReader | undefined): readonly Requirement[] {
  const lists = reader?.map();
  if (reader === undefined || lists === undefined) return [];
  const allow = readCountries(lists.value('allow'));
  const deny = readCountries(lists.value('deny'));
  if (lists.has('allow') === lists.has('deny')) rejectChoice(lists);
  lists.close();
  if (allow === undefined && deny === undefined) return [];
  const rule: RequirementRule = {
    kind: 'headquarters',
    ...(allow === undefined ? {} : { allow }),
    ...(deny === undefined ? {} : { deny }),
  };
  return [{ rule, position: reader.label.position }];
}

function rejectChoice(lists: MapReader): void {
  const help = 'list the countries to allow under `allow`, or those to exclude under `deny`';
  const name = quote(lists.path);
  if (lists.has('allow')) {
    lists.fail('contradiction', `${name} both allows and denies, and Vercel has one of the two`, {
      help,
    });
    return;
  }
  lists.fail('missing_key', `${name} must hold one of \`allow\`, \`deny\``, { help });
}

function readCountries(reader: ValueReader | undefined): readonly string[] | undefined {
  const texts = reader?.texts({ fold: normaliseRegion });
  if (reader === undefined || texts === undefined) return undefined;
  return texts.value.flatMap((text) => readRegionName(reader, text, COUNTRY) ?? []);
}
