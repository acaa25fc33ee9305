import type { BlockStatus, Policy, TargetList } from '../../core/model/policy';
import type { Requirement } from '../../core/model/requirement';
import type { MapReader } from '../yaml/reader';
import type { ZeroRetention } from './zero-retention';

/** What an account or a guardrail states. */
export interface Statements {
  readonly id: string;
  /** The mapping that states it. */
  readonly holder: MapReader;
  readonly status: BlockStatus;
  readonly lists: readonly TargetList[];
  readonly requirements: readonly Requirement[];
  readonly zeroRetention: readonly ZeroRetention[];
}

/**
 * One policy for what holds for all models, and one for each group of models that alone needs zero data retention:
 * any of them that demands it is enough.
 */
export function makePolicies(stated: Statements): readonly Policy[] {
  const { id, lists, zeroRetention } = stated;
  const ofAll = zeroRetention.filter(({ group }) => group === undefined).map(requirementOf);
  const ofGroups = zeroRetention.filter(({ group }) => group !== undefined);
  const requirements = [...ofAll, ...stated.requirements];
  const isBare = lists.length + requirements.length === 0;
  if (isBare && ofGroups.length === 0) noteNothing(stated.holder);
  const whole = isBare && ofGroups.length > 0 ? [] : [{ ...base(stated), id, lists, requirements }];
  return [...whole, ...ofGroups.map((each) => groupPolicy(stated, each))];
}

function base({ id, status, holder }: Statements): Policy {
  return {
    id,
    mode: 'enforce',
    scope: new Map(),
    lists: [],
    requirements: [],
    block: { status, wording: 'openrouter' },
    logSelection: false,
    position: holder.label.position,
  };
}

function groupPolicy(stated: Statements, zeroRetention: ZeroRetention): Policy {
  const { group } = zeroRetention;
  const requirements = [requirementOf(zeroRetention)];
  if (group === undefined) return { ...base(stated), requirements };
  const id = `${stated.id}/zdr-${group.name}`;
  return { ...base(stated), id, requirements, authors: group.authors };
}

function requirementOf({ position }: ZeroRetention): Requirement {
  return { rule: { kind: 'require_zero_data_retention' }, position };
}

/** What restricts nothing counts as a policy all the same (L10), which nobody should learn by accident. */
function noteNothing({ report, label, path }: MapReader): void {
  if (report.hasErrors) return;
  report.notice('policy_requires_nothing', label, `\`${path}\` restricts nothing`, {
    help: 'every target passes; write what it restricts, or remove it to block what no other policy covers',
  });
}
