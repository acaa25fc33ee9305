import type { Bundle } from '../../core/engine/bundle';
import { compileBundle } from '../../core/engine/compile';
import { decide } from '../../core/engine/decide';
import type { Finding } from '../../core/model/finding';
import { EMPTY_CONTEXT, type DecisionRequest, type RequestContext } from '../../core/model/request';
import { mutantsOf, type Mutant } from './mutants';
import { passes, type PlacedCase } from './run-policy-tests';
import { testFinding } from './test-finding';

/** What became of the mutants. */
export interface MutationRun {
  /** Mutants that some case noticed. */
  readonly noticed: readonly Mutant[];
  /** Mutants that no case noticed, although they decide something else. */
  readonly survivors: readonly Mutant[];
  /** How many decide the same as the rule itself for each target of the catalog, in the context of each case. */
  readonly equivalent: number;
}

/** Changes one rule after the other, and looks whether a case notices. The cases must pass without a change. */
export function runMutants(bundle: Bundle, cases: readonly PlacedCase[]): MutationRun {
  const probes = probesOf(bundle, cases);
  const noticed: Mutant[] = [];
  const survivors: Mutant[] = [];
  let equivalent = 0;
  for (const mutant of mutantsOf(bundle.set)) {
    const mutated = compileBundle(mutant.set, bundle.digest);
    if (!cases.every((each) => passes(mutated, each))) noticed.push(mutant);
    else if (probes.every((probe) => decidesAlike(bundle, mutated, probe))) equivalent += 1;
    else survivors.push(mutant);
  }
  return { noticed, survivors, equivalent };
}

/** A survivor as a finding at its rule; `endColumn` is the first column after the word that states it. */
export function survivorFinding({ rule, change }: Mutant, endColumn: number): Finding {
  const { policy, name, position } = rule;
  return testFinding({
    code: 'mutant_survived',
    at: { position, endColumn },
    message: `\`${name}\` of policy \`${policy.id}\` was ${change}, and no case noticed`,
    help: 'add a case in which this rule alone decides about a target',
  });
}

/** A request at an instant, in which two bundles are compared. */
interface Probe {
  readonly request: DecisionRequest;
  readonly nowMs: number;
}

/** Each case, and each target of the catalog in the context of each case, without what would only narrow it. */
function probesOf(bundle: Bundle, cases: readonly PlacedCase[]): readonly Probe[] {
  const candidates = bundle.catalog.targets.map(({ identity: { id } }) => ({
    ref: id,
    target: id,
    claims: [],
  }));
  const wide = new Map<string, Probe>();
  for (const { policyCase } of cases) {
    const { nowMs, request } = policyCase;
    const context = widest(request.context);
    const key = JSON.stringify([nowMs, context, [...context.scope], [...context.attributes]]);
    wide.set(key, { nowMs, request: { ...request, context, candidates } });
  }
  const own = cases.map(({ policyCase: { request, nowMs } }) => ({ request, nowMs }));
  return [...own, ...wide.values()];
}

/** The context without what only narrows the candidates: models and preferences. */
function widest(asked: RequestContext): RequestContext {
  const { tenant, scope, modelIdStyle, api, features, attributes } = asked;
  return {
    ...EMPTY_CONTEXT,
    ...(tenant === undefined ? {} : { tenant }),
    scope,
    modelIdStyle,
    ...(api === undefined ? {} : { api }),
    features,
    attributes,
  };
}

function decidesAlike(left: Bundle, right: Bundle, { request, nowMs }: Probe): boolean {
  return sent(left, request, nowMs) === sent(right, request, nowMs);
}

/** What a decision lets through, and as what. */
function sent(bundle: Bundle, request: DecisionRequest, nowMs: number): string {
  const { outcome, eligible } = decide(bundle, request, nowMs);
  return JSON.stringify([outcome, eligible.map(({ ref }) => ref)]);
}
