import type { Bundle } from '../core/engine/bundle';
import { validUntilMs } from '../core/engine/compile';
import { decide } from '../core/engine/decide';
import { refuse } from '../core/engine/refuse';
import type { Answer, Ask, BundleRef } from '../ports/answer';
import { refuseOlder } from './refusals';

/** When a decision is made, and its name. */
export interface DecisionInstant {
  readonly nowMs: number;
  readonly decisionId: string;
}

/** Decides one ask over a bundle that is not served: what a running service with this bundle would answer. */
export function decideOnce(bundle: Bundle, ask: Ask, at: DecisionInstant): Answer {
  const reference = referenceOf(bundle, at.nowMs);
  const refusal = refuseOlder(reference, ask.minBundle);
  const decision =
    refusal === undefined ? decide(bundle, ask.request, at.nowMs) : refuse(ask.request, refusal);
  return {
    requestId: ask.requestId,
    decisionId: at.decisionId,
    detail: ask.detail,
    decision,
    bundle: reference,
    set: bundle.set,
  };
}

function referenceOf(bundle: Bundle, nowMs: number): BundleRef {
  const { digest, settings } = bundle;
  const untilMs = validUntilMs(bundle, nowMs);
  return {
    digest,
    ...(settings.revision === undefined ? {} : { revision: settings.revision }),
    sequence: 1,
    ...(untilMs === undefined ? {} : { validUntilMs: untilMs }),
    stale: false,
  };
}
