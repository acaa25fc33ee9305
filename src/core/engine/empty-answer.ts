import type { Block, Decision } from '../model/decision';
import { canonicalId } from '../policy/identifier';
import type { Bundle } from './bundle';
import type { DecisionState } from './decision-state';
import { blockByName, commonSettings, leadBlock, type AskedName } from './lead-block';
import { makeBlock, makeRefusal } from './make-block';
import type { RankedReason } from './ranked-reason';
import type { SettledCandidate } from './settle-candidates';
import { warningsOf } from './warnings';

/** What a block says beside its verdicts. */
export type BlockedAnswer = Pick<Decision, 'outcome' | 'eligible' | 'block' | 'warnings'>;

const NONE_GAVE_WAY: ReadonlySet<number> = new Set();

/** The answer where there is nothing to judge: no candidate was sent, or the catalog has none (L4, L6). */
export function blockEmpty(state: DecisionState): Decision {
  const block = state.request.candidates === undefined ? unknownModel(state) : noCandidates(state);
  return {
    ...answer(state, block),
    verdicts: [],
    policies: state.scopeClass.applied,
    shadow: [],
  };
}

/** The answer where every candidate is blocked. */
export function blockNothingLeft(
  state: DecisionState,
  candidates: readonly SettledCandidate[],
): BlockedAnswer {
  const blocked = candidates.map((each) => ({
    provider: each.candidate.provider,
    blocking: leadingReasons(each),
  }));
  const byName = blockByName(state, namesLeft(state, candidates));
  return answer(state, byName ?? leadBlock(state, blocked));
}

/**
 * The reasons that may lead the block. Warn policies are settled over what the enforcing ones leave, so theirs
 * lead only for a candidate that nothing else had blocked (L9).
 */
function leadingReasons({ candidate, blocking }: SettledCandidate): readonly RankedReason[] {
  const { hard, filters } = candidate;
  if (hard.length === 0) return blocking;
  return blocking.filter((reason) => hard.includes(reason) || filters.includes(reason));
}

function answer(state: DecisionState, block: Block): BlockedAnswer {
  return { outcome: 'block', eligible: [], block, warnings: warningsOf(state, NONE_GAVE_WAY) };
}

function noCandidates({ request: { context } }: DecisionState): Block {
  const message = 'the request offers no candidates';
  return makeRefusal(context, {
    code: 'no_candidates',
    message,
    httpStatus: 403,
  });
}

function unknownModel(state: DecisionState): Block {
  const names = state.models.map(toName);
  const byName = blockByName(state, names);
  if (byName !== undefined) return byName;
  return makeBlock(state, {
    code: 'unknown_model',
    layer: 'catalog',
    policy: '',
    providers: [],
    requirement: '',
    settings: commonSettings(state),
  });
}

/**
 * Names that leave no candidate: those that pin, where every candidate falls to the pin; else `only`. Where all
 * fell before to who asks, nothing entered the filters, and no name is judged (L8).
 */
function namesLeft(
  { bundle, request, models }: DecisionState,
  candidates: readonly SettledCandidate[],
): readonly AskedName[] {
  const hasEntered = candidates.some(({ blocking: [first] }) => first?.reason.layer !== 'identity');
  const allFallTo = (code: string): boolean =>
    hasEntered &&
    candidates.every(({ candidate: { filters } }) =>
      filters.some(({ reason }) => reason.code === code),
    );
  if (models.some(({ pin }) => pin !== undefined))
    return allFallTo('request_pin') ? models.map(toName) : [];
  const { only } = request.context.preferences;
  if (only === undefined || !allFallTo('request_only')) return [];
  return only.map((name) => ({ provider: providerNamedBy(bundle, canonicalId(name)) }));
}

/** The provider that an entry of `only` leaves: the one it names, or that of the target it names. */
function providerNamedBy({ catalog }: Bundle, name: string): string {
  const target = catalog.byId.get(name)?.[0];
  return (
    catalog.providerNames.get(name) ??
    target?.identity.provider ??
    catalog.dialectNames.agreed.get(name) ??
    name
  );
}

function toName({ pin, name }: DecisionState['models'][number]): AskedName {
  return pin === undefined ? { model: name } : { provider: pin, model: name };
}
