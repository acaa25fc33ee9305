import type { Block, Decision, Verdict } from '../../src/core/model/decision';
import type { Reason } from '../../src/core/model/reason';
import type { OracleDecision, OraclePolicy, OracleReason, OracleVerdict } from './types';

/** Kinds that read several claims: which claim's state is told first is not fixed by the laws. */
const SEVERAL_CLAIMS = [
  'soc2_or_iso27001',
  'certifications',
  'storage_regions',
  'max_price',
  'labels',
  'expression',
  'minimum_assurance',
];

const SOFT = ['claim_contrary', 'claim_unknown', 'claim_expired'];

const TROUBLE = ['unknown_target', 'conflicting_target'];

type Told = Pick<Reason, 'code' | 'policy' | 'requirement' | 'layer'> & { readonly state: string };

/** One reason as a text; only requirements of policies have a name that the laws fix. */
function text({ code, policy, requirement, state, layer }: Told): string {
  const isList = layer === 'provider_lists' || layer === 'model_lists';
  if (isList || layer === 'request_filters' || layer === 'identity' || layer === 'catalog') {
    return `${code} by [${policy}]`;
  }
  const isLoose = SEVERAL_CLAIMS.includes(requirement);
  return isLoose && SOFT.includes(code)
    ? `unmet by [${policy}] ${requirement}`
    : `${code} by [${policy}] ${requirement} ${state}`;
}

/** What L5 puts into order: within one requirement of one policy, states may stand in any order. */
function place({ code, policy, requirement, layer }: Told): string {
  return layer === 'requirements' ? `[${policy}] ${requirement}` : `${code} [${policy}]`;
}

/** Each text once, where it stands first. */
const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** What may be said once more of a target that is unknown or conflicting. */
const REPEATED = [
  ...SOFT,
  'claim_conflicting',
  'evaluation_error',
  'nested_gateway',
  'request_not_met',
];

/** Every certain reason is told, none beyond the oracle's is, and all stand in the order of L5. */
function reasonDifference(
  told: readonly Reason[],
  expected: readonly OracleReason[],
): string | undefined {
  const got = distinct(told.map(text));
  const all = distinct(expected.map(text));
  const certain = distinct(expected.filter((reason) => reason.certain).map(text));
  const missing = certain.filter((one) => !got.includes(one));
  const isTroubled = expected.some(({ code }) => TROUBLE.includes(code));
  const extra = told
    .filter((one) => !all.includes(text(one)))
    .filter(({ code }) => !(isTroubled && REPEATED.includes(code)));
  const places = distinct(told.map(place));
  const known = distinct(expected.map(place));
  const inOrder = known.filter((one) => places.includes(one));
  const isOrdered = places.filter((one) => known.includes(one)).join() === inOrder.join();
  return missing.length === 0 && extra.length === 0 && isOrdered
    ? undefined
    : `reasons: expected ${all.join('; ')}; got ${got.join('; ')}`;
}

const sent = ({ provider, sendModel }: Pick<OracleVerdict, 'provider' | 'sendModel'>): string =>
  `${sendModel} to ${provider}`;

function verdictDifference(verdict: Verdict, expected: OracleVerdict): string | undefined {
  if (verdict.ref !== expected.ref) {
    return `verdict of ${verdict.ref} in the place of ${expected.ref}`;
  }
  if (verdict.eligible !== expected.eligible) {
    const why = expected.codes.map(text).join('; ');
    const got = verdict.reasons.map(text).join('; ');
    return `${verdict.ref}: eligible ${String(verdict.eligible)} [${got}], expected ${String(expected.eligible)} [${why}]`;
  }
  if (verdict.eligible && sent(verdict) !== sent(expected)) {
    return `${verdict.ref}: sends ${sent(verdict)}, expected ${sent(expected)}`;
  }
  const reasons = reasonDifference(verdict.reasons, expected.codes);
  return reasons === undefined ? undefined : `${verdict.ref}: ${reasons}`;
}

function blockDifference(block: Block | undefined, expected: OracleDecision): string | undefined {
  const wanted = expected.block;
  if (block === undefined || wanted === undefined) {
    return block === wanted
      ? undefined
      : `block ${String(block?.code)}, expected ${String(wanted?.code)}`;
  }
  const providers = block.providersConsidered.filter((provider) => provider !== '');
  const isRight =
    (block.code === wanted.code || wanted.alternatives.includes(block.code)) &&
    (expected.refusedWhole ||
      (block.layer === wanted.layer &&
        block.policy === wanted.policy &&
        (wanted.providersConsidered ?? providers).join() === providers.join()));
  const show = (...parts: readonly string[]): string => parts.join(' ');
  return isRight
    ? undefined
    : `block: expected ${show(wanted.code, wanted.layer, wanted.policy, String(wanted.providersConsidered))}; ` +
        `got ${show(block.code, block.layer, block.policy, providers.join())}`;
}

/** Warnings in order; prose is free, but must hold the name that it is about. */
function warningDifference({ warnings }: Decision, expected: OracleDecision): string | undefined {
  const isRight =
    warnings.length === expected.warnings.length &&
    expected.warnings.every(({ code, about }, i) => {
      const told = warnings[i];
      return told?.code === code && told.message.includes(about);
    });
  const wanted = expected.warnings.map(({ code, about }) => `${code} ${about}`).join('; ');
  return isRight
    ? undefined
    : `warnings: expected ${wanted}; got ${warnings.map(({ code, message }) => `${code} ${message}`).join('; ')}`;
}

/** The policies that applied, and whether they count where that says something. */
function policyDifference(decision: Decision, expected: OracleDecision): string | undefined {
  const show = ({ id, mode, counts }: OraclePolicy): string =>
    `${id} ${mode} ${mode === 'shadow' ? '' : String(counts)}`;
  const got = decision.policies.map(show).join('; ');
  const wanted = expected.policies.map(show).join('; ');
  return got === wanted ? undefined : `policies: expected ${wanted}; got ${got}`;
}

function shadowDifference({ shadow }: Decision, expected: OracleDecision): string | undefined {
  const show = ({ policy, ref }: { readonly policy: string; readonly ref: string }): string =>
    `${policy} of ${ref}`;
  const got = shadow.map(show).join('; ');
  const wanted = expected.shadow.map(show).join('; ');
  if (got !== wanted) {
    return `shadow: expected ${wanted}; got ${got}`;
  }
  return shadow
    .map(({ reasons }, i) => reasonDifference(reasons, expected.shadow[i]?.reasons ?? []))
    .find((one) => one !== undefined);
}

/** What is recorded beside the answer. */
function recordDifference(decision: Decision, expected: OracleDecision): string | undefined {
  return (
    warningDifference(decision, expected) ??
    policyDifference(decision, expected) ??
    shadowDifference(decision, expected)
  );
}

/** A refusal says the same of every candidate that was sent. */
function refusalDifference({ verdicts }: Decision, expected: OracleDecision): string | undefined {
  const told = verdicts.map(
    ({ ref, eligible, reasons }) =>
      `${ref} ${String(eligible)} ${reasons.map(({ code }) => code).join()}`,
  );
  const wanted = expected.verdicts.map(({ ref }) => `${ref} false ${String(expected.block?.code)}`);
  return told.join() === wanted.join()
    ? undefined
    : `verdicts of a refusal: expected ${wanted.join()}; got ${told.join()}`;
}

/** How the served answer differs from the naive one; undefined: in nothing that the laws fix. */
export function difference(decision: Decision, expected: OracleDecision): string | undefined {
  if (decision.outcome !== expected.outcome) {
    const blocked = expected.verdicts.flatMap(({ ref, codes }) =>
      codes.map((c) => `${ref}: ${text(c)}`),
    );
    return `outcome ${decision.outcome} (${String(decision.block?.code)}), expected ${expected.outcome} (${String(expected.block?.code)}); ${blocked.join('; ')}`;
  }
  const eligible = decision.eligible.map(({ ref }) => ref).join();
  if (eligible !== expected.eligible.join()) {
    return `eligible ${eligible}, expected ${expected.eligible.join()}`;
  }
  if (expected.refusedWhole) {
    return refusalDifference(decision, expected) ?? blockDifference(decision.block, expected);
  }
  if (decision.verdicts.length !== expected.verdicts.length) {
    return `${String(decision.verdicts.length)} verdicts, expected ${String(expected.verdicts.length)}`;
  }
  const differing = decision.verdicts
    .map((verdict, i) => {
      const one = expected.verdicts[i];
      return one === undefined ? 'no such verdict' : verdictDifference(verdict, one);
    })
    .find((one) => one !== undefined);
  return (
    differing ?? blockDifference(decision.block, expected) ?? recordDifference(decision, expected)
  );
}
