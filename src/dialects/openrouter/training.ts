import type { Requirement, RequirementRule } from '../../core/model/requirement';
import type { ReadKey } from './read-key';

/**
 * The switches that let endpoints train on prompts or publish them, and what is demanded where one is off. Whether
 * an endpoint is paid is not known here, so either switch demands it of all; who publishes prompts collects them.
 */
const SWITCHES: readonly { readonly key: string; readonly rule: RequirementRule }[] = [
  { key: 'enable_paid_model_training', rule: { kind: 'require_no_training' } },
  { key: 'enable_free_model_training', rule: { kind: 'require_no_training' } },
  { key: 'enable_free_model_publication', rule: { kind: 'deny_user_data_collection' } },
];

/** What is demanded because a switch is off, each rule once. A switch that is on, or absent, demands nothing. */
export function readTraining(read: ReadKey): readonly Requirement[] {
  const off = SWITCHES.flatMap(({ key, rule }): readonly Requirement[] => {
    const reader = read(key);
    if (reader?.boolean()?.value !== false) return [];
    return [{ rule, position: reader.label.position }];
  });
  return off.filter(
    ({ rule: { kind } }, index) => off.findIndex(({ rule }) => rule.kind === kind) === index,
  );
}
