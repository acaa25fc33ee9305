import type { Requirement, RequirementRule } from '../../core/model/requirement';
import type { MapReader } from '../yaml/reader';
import { readRequirementSwitches, type RequirementSwitch } from '../yaml/requirement-switches';
import { readCountries, readResidency } from './countries';

/** A target must state that who serves it is disclosed. LLMGateway's catalogue means that by silence; here none counts. */
export const NOT_STEALTH: RequirementRule = {
  kind: 'labels',
  labels: new Map([['stealth', 'false']]),
};

/**
 * The switches and what each demands, in the order of LLMGateway's own schema. Zero data retention is documented as
 * no logging together with a retention of exactly nothing.
 */
const SWITCHES: readonly RequirementSwitch[] = [
  { key: 'requireSoc2', rules: [{ kind: 'soc2' }] },
  { key: 'requireSoc2Type2', rules: [{ kind: 'soc2_type2' }] },
  { key: 'requireIso27001', rules: [{ kind: 'iso27001' }] },
  { key: 'requireSoc2OrIso27001', rules: [{ kind: 'soc2_or_iso27001' }] },
  { key: 'requireGdpr', rules: [{ kind: 'gdpr' }] },
  { key: 'blockApiTraining', rules: [{ kind: 'require_no_training' }] },
  { key: 'blockPromptLogging', rules: [{ kind: 'no_prompt_logging' }] },
  {
    key: 'zeroDataRetention',
    rules: [{ kind: 'no_prompt_logging' }, { kind: 'max_retention_days', days: 0 }],
  },
  { key: 'blockStealthProviders', rules: [NOT_STEALTH] },
];

/** What the policy requires of every target, each rule once. A switch that is off demands nothing. */
export function readRequirements(policy: MapReader): readonly Requirement[] {
  return [
    ...readRequirementSwitches(policy, SWITCHES),
    ...readCountries(policy.value('allowedCountries')),
    ...readResidency(policy.value('dataResidency')),
  ];
}
