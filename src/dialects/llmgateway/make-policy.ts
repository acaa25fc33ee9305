import type { BlockSettings, Policy, TargetList } from '../../core/model/policy';
import type { Requirement } from '../../core/model/requirement';
import type { MapReader } from '../yaml/reader';

/** What a part of the settings demands, and in whose words it blocks. */
export interface Demands {
  readonly lists: readonly TargetList[];
  readonly requirements: readonly Requirement[];
  readonly block: BlockSettings;
}

/** A policy of the file, for everybody whom the file is for. */
export function makePolicy(map: MapReader, id: string, demands: Demands): Policy {
  return {
    id,
    mode: 'enforce',
    scope: new Map(),
    ...demands,
    logSelection: false,
    position: map.label.position,
  };
}
