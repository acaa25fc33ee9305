import { explain } from '../core/engine/explain';
import { NESTED_HELP } from '../core/engine/explain-subject';
import type { ExplanationRow } from '../core/engine/explanation';
import type { Candidate } from '../core/model/request';
import type { Reason, ReasonCode } from '../core/model/reason';
import type { PreviewReason } from './preview-document';
import { placeOf } from './preview-position';
import type { PreviewScene } from './preview-request';

/** What the rules say of each candidate beside the verdicts: how many are met, and what would change those that are not. */
export interface RuleBook {
  rulesOf(ref: string): { readonly all: number; readonly met: number };
  /** The reason as documents show it, with what would have to change. */
  toPreview(ref: string, reason: Reason): PreviewReason;
}

/** Explains every candidate once, whatever the number of models that it is offered for. */
export function openRuleBook(
  { bundle, request }: PreviewScene,
  candidates: readonly Candidate[],
  nowMs: number,
): RuleBook {
  const { candidates: explained } = explain(bundle, { ...request, candidates }, nowMs);
  const pages = new Map(explained.map(({ ref, rows }) => [ref, pageOf(rows)]));
  return {
    rulesOf: (ref) => pages.get(ref)?.rules ?? NO_RULES,
    toPreview: (ref, reason) => toPreview(reason, helpFor(pages.get(ref)?.unmet ?? [], reason)),
  };
}

interface Page {
  readonly rules: { readonly all: number; readonly met: number };
  readonly unmet: readonly ExplanationRow[];
}

const NO_RULES = { all: 0, met: 0 };

// What a shadow policy says changes nothing, so its rules are not among those that are to be met.
function pageOf(rows: readonly ExplanationRow[]): Page {
  const counted = rows.filter(({ mode }) => mode !== 'shadow');
  const met = counted.filter(({ state }) => state === 'satisfied').length;
  return {
    rules: { all: counted.length, met },
    unmet: rows.filter(({ state }) => state !== 'satisfied'),
  };
}

/** Help for codes that stand for the whole target and for no rule of a policy. */
const HELP_OF_CODE: Partial<Readonly<Record<ReasonCode, string>>> = {
  nested_gateway: NESTED_HELP,
  unknown_target: 'list the target, and all that it can reach, in a catalog',
  conflicting_target: 'make the files that declare it agree',
};

function helpFor(unmet: readonly ExplanationRow[], reason: Reason): string {
  const row = unmet.find(
    ({ policy, claim, expected, observed }) =>
      policy === reason.policy &&
      claim === reason.claim &&
      expected === reason.expected &&
      observed === reason.observed,
  );
  return row?.help ?? HELP_OF_CODE[reason.code] ?? '';
}

function toPreview(reason: Reason, help: string): PreviewReason {
  const { code, state, policy, requirement, claim, expected, observed, message } = reason;
  const { position, claimPosition } = reason;
  return {
    ...{ code, state, policy, requirement, claim, expected, observed, message, help },
    ...(position === undefined ? {} : { position: placeOf(position) }),
    ...(claimPosition === undefined ? {} : { claimPosition: placeOf(claimPosition) }),
  };
}
