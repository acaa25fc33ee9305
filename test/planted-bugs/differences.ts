import type { PolicySet } from '../../src/core/model/policy-set';
import { difference } from '../oracle/compare';
import { oracleDecide } from '../oracle/decide';
import type { OracleDecision } from '../oracle/types';
import type { Ask, Case } from './case';
import type { CoreCopy } from './support/core-copy';

const expectations = new Map<Ask, OracleDecision>();

/** The naive answer, computed once: it does not depend on the copy. */
function expected(set: PolicySet, ask: Ask): OracleDecision {
  const answer = expectations.get(ask) ?? oracleDecide(set, ask.request, ask.nowMs);
  expectations.set(ask, answer);
  return answer;
}

/** Where a copy of the core and the naive evaluator differ, each with the name of its case. */
export function* differences(core: CoreCopy, cases: readonly Case[]): Generator<string> {
  for (const { name, set, asks } of cases) {
    const bundle = core.compileBundle(set, 'digest');
    for (const ask of asks) {
      const decision = core.decide(bundle, ask.request, ask.nowMs);
      // A change that only breaks the core shows nothing: every decision would differ.
      if (decision.block?.code === 'internal_error') throw new Error(`${name}: the copy is broken`);
      const found = difference(decision, expected(set, ask));
      if (found !== undefined) yield `${name}: ${found}`;
    }
  }
}
