import type { Claim, ClaimName, ClaimValue } from '../../core/model/claim';
import type {
  ExpressionInput,
  ExpressionProgram,
  RequirementRule,
} from '../../core/model/requirement';
import { claimsOf, evaluateRule, expectedOf } from '../../core/requirements/registry';
import type { TargetFacts } from '../../core/requirements/requirement-kind';

/**
 * The rule that lets through exactly what this one finds contrary. What is not declared stays unknown and blocks, as it
 * does everywhere. Undefined: a condition on how well claims are founded has no opposite among their values.
 */
export function negateRule(rule: RequirementRule): RequirementRule | undefined {
  if (rule.kind === 'minimum_assurance') return undefined;
  const program: ExpressionProgram = (input) => ({
    holds: evaluateRule(rule, factsOf(input)).state !== 'satisfied',
  });
  return { kind: 'expression', text: `not ${expectedOf(rule)}`, claims: claimsOf(rule), program };
}

/** What a rule sees of a target of which nothing but the values of claims is known. */
function factsOf({ claims, attributes }: ExpressionInput): TargetFacts {
  return {
    read: (name) => {
      const value = claims.get(name);
      return value === undefined
        ? { state: 'unknown' }
        : { state: 'stated', claim: claimOf(name, value) };
    },
    namedRegions: [],
    attributes,
    nowMs: 0,
  };
}

function claimOf(name: ClaimName, value: ClaimValue): Claim {
  const position = { file: '', line: 0, column: 0 };
  return { name, value, position, assurance: 'declared', checkedAtMs: 0 };
}
