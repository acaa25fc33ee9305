import type { BlockStatus, Policy, RecordSettings } from '../../core/model/policy';
import type { Requirement, RequirementRule } from '../../core/model/requirement';
import type { MapReader } from '../yaml/reader';
import type { Span } from '../yaml/source-text';
import { MAX_RETENTION_DAYS } from './claims';
import { DATA_ROUTING_POLICY } from './policy-kinds';

/**
 * The switches of the policy: the value that demands something, and the requirement that it then is. The other
 * value is the documented default, or says the same as leaving the key out, and states nothing.
 */
const SWITCHES: readonly {
  readonly key: string;
  readonly demands: boolean;
  readonly rule: RequirementRule;
}[] = [
  {
    key: 'require_zero_data_retention',
    demands: true,
    rule: { kind: 'require_zero_data_retention' },
  },
  { key: 'require_no_training', demands: true, rule: { kind: 'require_no_training' } },
  { key: 'require_in_memory_only', demands: true, rule: { kind: 'require_in_memory_only' } },
  {
    key: 'require_tokenized_input_support',
    demands: true,
    rule: { kind: 'require_tokenized_input_support' },
  },
  { key: 'allow_internet_egress', demands: false, rule: { kind: 'deny_internet_egress' } },
  { key: 'local_only_processing', demands: true, rule: { kind: 'local_only_processing' } },
];

/** Every key of the policy. */
export const ROUTING_POLICY_KEYS: readonly string[] = [
  ...SWITCHES.map(({ key }) => key),
  'max_retention_days',
  'on_no_compliant_provider',
  'log_provider_selection',
];

/** What the policy is made from, beside its own settings. */
export interface PolicyContext {
  readonly packName: string;
  readonly blockStatus: BlockStatus;
  /** Where the policy is stated: its block, or the chain's entry if it has none. */
  readonly label: Span;
  /** What the pack's audit logger is to do. */
  readonly records?: RecordSettings;
}

/** What the settings say; the documented defaults stand where they say nothing. */
export interface RoutingPolicySettings {
  readonly requirements: readonly Requirement[];
  readonly mode: 'enforce' | 'warn';
  readonly logSelection: boolean;
}

/** The documented defaults. */
export const DEFAULT_ROUTING_POLICY: RoutingPolicySettings = {
  requirements: [],
  mode: 'enforce',
  logSelection: true,
};

/** Reads the settings, whether or not the chain runs them, so that a mistake is found before it does. */
export function readDataRoutingPolicy(settings: MapReader): RoutingPolicySettings {
  const switches = SWITCHES.flatMap(({ key, demands, rule }): readonly Requirement[] => {
    const reader = settings.value(key);
    const value = reader?.boolean();
    if (reader === undefined || value?.value !== demands) return [];
    return [{ rule, position: reader.label.position }];
  });
  const bound = readRetentionBound(settings);
  const action = settings.choice('on_no_compliant_provider', ['block', 'warn'], {
    proposed: ['block'],
  });
  const logSelection = settings.boolean('log_provider_selection');
  settings.close();
  return {
    requirements: [...switches, ...bound],
    mode: action?.value === 'warn' ? 'warn' : 'enforce',
    logSelection: logSelection?.value ?? true,
  };
}

function readRetentionBound(settings: MapReader): readonly Requirement[] {
  const reader = settings.value('max_retention_days');
  const days = reader?.integer({ max: MAX_RETENTION_DAYS });
  if (reader === undefined || days === undefined) return [];
  return [
    { rule: { kind: 'max_retention_days', days: days.value }, position: reader.label.position },
  ];
}

/** The policy as it runs. */
export function makePolicy(settings: RoutingPolicySettings, context: PolicyContext): Policy {
  return {
    id: `${context.packName}/${DATA_ROUTING_POLICY}`,
    ...settings,
    ...(context.records === undefined ? {} : { records: context.records }),
    scope: new Map(),
    lists: [],
    block: { status: context.blockStatus },
    position: context.label.position,
  };
}
