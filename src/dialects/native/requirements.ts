import { ASSURANCES } from '../../core/model/claim';
import type { Requirement, RequirementRule } from '../../core/model/requirement';
import type { ExpressionCompiler } from '../../ports/policy-dialect';
import type { MapReader } from '../yaml/reader';
import { readExpressions } from './expressions';
import { readRules } from './rules';
import { readSwitches } from './switches';

/** Reads `requirements` of a policy. */
export function readRequirements(
  requirements: MapReader | undefined,
  compile: ExpressionCompiler,
): readonly Requirement[] {
  if (requirements === undefined) return [];
  const read = [
    ...readSwitches(requirements),
    ...readRules(requirements),
    ...readExpressions(requirements.value('expression'), compile),
  ].map(({ reader, rule }) => ({ rule, position: reader.label.position }));
  const assurance = readAssurance(requirements, read);
  requirements.close();
  if (requirements.isEmpty) {
    requirements.fail('empty_map', '`requirements` demands nothing', {
      help: 'write a requirement, or remove it',
    });
  }
  return [...read, ...assurance];
}

/** Assurance is a condition on the claims that the other requirements rely on, so it needs some. */
function readAssurance(requirements: MapReader, others: readonly Requirement[]): Requirement[] {
  const reader = requirements.value('minimum_assurance');
  const level = reader?.choice(ASSURANCES, { proposed: ['audited'] });
  if (reader === undefined || level === undefined) return [];
  const of: readonly RequirementRule[] = others.map(({ rule }) => rule);
  if (requirements.keys.length === 1) {
    requirements.report.error('states_nothing', reader.label, `${reader.name} stands alone`, {
      help: 'write the requirements whose claims are to be founded so well',
    });
    return [];
  }
  const rule: RequirementRule = { kind: 'minimum_assurance', level: level.value, of };
  return [{ rule, position: reader.label.position }];
}
