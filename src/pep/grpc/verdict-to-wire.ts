import type { Verdict } from '../../core/model/decision';
import type { Verdict as WireVerdict } from '../../gen/ambit/v1/decision';
import type { Detail } from '../../ports/answer';
import type { ReasonBudget } from './reason-budget';
import { presentText, reasonToWire, summaryToWire } from './reason-to-wire';

/** One verdict; `detail` and `budget` say how many of its reasons are shown, and how much of them. */
export function verdictToWire(
  verdict: Verdict,
  detail: Detail,
  { reasonsEach, codesOnly }: ReasonBudget,
): WireVerdict {
  const { reasons } = verdict;
  const summary = detail === 'summary';
  const shown = Math.min(summary ? 1 : reasonsEach, reasons.length);
  const kept = shown === reasons.length ? reasons : reasons.slice(0, shown);
  return {
    ref: verdict.ref,
    target: presentText(verdict.target),
    eligible: verdict.eligible,
    sendModel: verdict.eligible ? verdict.sendModel : undefined,
    reasons: kept.map(summary || codesOnly ? summaryToWire : reasonToWire),
    reasonsOmitted: reasons.length - shown,
  };
}
