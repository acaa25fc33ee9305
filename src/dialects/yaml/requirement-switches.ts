import type { Requirement, RequirementRule } from '../../core/model/requirement';
import type { MapReader } from './reader';

/** A key that is true or false, and what true demands. */
export interface RequirementSwitch {
  readonly key: string;
  readonly rules: readonly RequirementRule[];
}

/** What the switches of a mapping demand, each rule once, where it is first demanded. One that is off demands nothing. */
export function readRequirementSwitches(
  map: MapReader,
  switches: readonly RequirementSwitch[],
): readonly Requirement[] {
  const demanded = switches.flatMap(({ key, rules }): readonly Requirement[] => {
    const reader = map.value(key);
    if (reader?.boolean()?.value !== true) return [];
    return rules.map((rule) => ({ rule, position: reader.label.position }));
  });
  const kinds = demanded.map(({ rule }) => rule.kind);
  return demanded.filter(({ rule }, index) => kinds.indexOf(rule.kind) === index);
}
