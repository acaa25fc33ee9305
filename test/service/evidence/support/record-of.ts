import { compileBundle } from '../../../../src/core/engine/compile';
import type { Bundle } from '../../../../src/core/engine/bundle';
import { decide } from '../../../../src/core/engine/decide';
import type { DecisionRequest } from '../../../../src/core/model/request';
import { recordDecision } from '../../../../src/service/evidence/record-decision';
import type { RecordedDecision } from '../../../../src/service/evidence/recorded-decision';
import { NOW_MS } from '../../../generators/alphabet';
import type { Case } from '../../../laws/support/decisions';

/** The bundle of a case. */
export function bundleOf({ set }: Case): Bundle {
  return compileBundle(set, 'sha256:test');
}

/** Names of attributes that most tests allow to be recorded. */
const ALLOWED_ATTRIBUTES: ReadonlySet<string> = new Set(['purpose']);

/** What was asked of which bundle. */
export interface Asked {
  readonly bundle: Bundle;
  readonly request: DecisionRequest;
  /** The caller's own name for the request. */
  readonly requestId?: string;
  /** Names of attributes that may be recorded. */
  readonly attributes?: ReadonlySet<string>;
}

/** The record of a decision, as the decision point would have it made. */
export function recordOf(asked: Asked): RecordedDecision {
  const { bundle, request, requestId = 'r-1', attributes = ALLOWED_ATTRIBUTES } = asked;
  const detail = 'reasons';
  const decision = decide(bundle, request, NOW_MS);
  return recordDecision({
    ask: { requestId, request, detail, origin: { caller: 'edge', startedMs: 0 } },
    answer: {
      ...{ requestId, decisionId: 'd-1', detail, decision },
      bundle: { digest: bundle.digest, sequence: 1, stale: false },
    },
    via: 'decide',
    bundle,
    nowMs: NOW_MS,
    attributes,
    latencyMs: 0.25,
  });
}
