import type { RequirementRule } from '../../core/model/requirement';
import type { MapReader, ValueReader } from '../yaml/reader';

/** A requirement without parameters: its key in files, the one value that states it, and the rule. */
interface SwitchForm {
  readonly key: string;
  readonly on: boolean | 'deny';
  readonly rule: RequirementRule;
}

/** Switches in the order of the requirements in docs. */
const SWITCHES: readonly SwitchForm[] = Object.freeze([
  { key: 'require_zero_data_retention', on: true, rule: { kind: 'require_zero_data_retention' } },
  { key: 'require_no_training', on: true, rule: { kind: 'require_no_training' } },
  { key: 'no_prompt_logging', on: true, rule: { kind: 'no_prompt_logging' } },
  { key: 'require_in_memory_only', on: true, rule: { kind: 'require_in_memory_only' } },
  {
    key: 'require_tokenized_input_support',
    on: true,
    rule: { kind: 'require_tokenized_input_support' },
  },
  { key: 'allow_internet_egress', on: false, rule: { kind: 'deny_internet_egress' } },
  { key: 'local_only_processing', on: true, rule: { kind: 'local_only_processing' } },
  { key: 'user_data_collection', on: 'deny', rule: { kind: 'deny_user_data_collection' } },
  { key: 'analytics_collection', on: 'deny', rule: { kind: 'deny_analytics_collection' } },
  { key: 'soc2', on: true, rule: { kind: 'soc2' } },
  { key: 'soc2_type2', on: true, rule: { kind: 'soc2_type2' } },
  { key: 'iso27001', on: true, rule: { kind: 'iso27001' } },
  { key: 'soc2_or_iso27001', on: true, rule: { kind: 'soc2_or_iso27001' } },
  { key: 'gdpr', on: true, rule: { kind: 'gdpr' } },
] as const);

/** The keys of all switches. */
export const SWITCH_KEYS: readonly string[] = SWITCHES.map(({ key }) => key);

/** A rule with the value that states it. */
export interface ReadRule {
  readonly reader: ValueReader;
  readonly rule: RequirementRule;
}

/** Reads all switches that are there. One that is off is an error: users would read it as a rule. */
export function readSwitches(requirements: MapReader): readonly ReadRule[] {
  return SWITCHES.flatMap(({ key, on, rule }) => {
    const reader = requirements.value(key);
    return reader !== undefined && isOn(reader, on) ? [{ reader, rule }] : [];
  });
}

function isOn(reader: ValueReader, on: boolean | 'deny'): boolean {
  const stated =
    on === 'deny'
      ? reader.choice(['deny', 'allow'], { proposed: ['deny'] })?.value
      : reader.boolean()?.value;
  if (stated === undefined || stated === on) return stated !== undefined;
  const message = `${reader.name} demands nothing when it is \`${String(stated)}\``;
  reader.fail('states_nothing', message, {
    help: `remove the line, or write \`${String(on)}\` if it is to be demanded`,
  });
  return false;
}
