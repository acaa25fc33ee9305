import type { EventEvidence, NamedThing } from '../../ports/security-events';
import type { RecordedDecision, RecordedReason } from '../evidence/recorded-decision';
import { bounded } from './bounded';
import type { EventDetails } from './make-event';

/** Candidates that an event shows; its record has all of them. */
const MAX_CANDIDATES = 50;

/** Reasons that are shown of each. */
const MAX_REASONS = 10;

/** A candidate, and what is to be said of it. */
export interface Concerned {
  readonly ref: string;
  readonly target: string;
  readonly provider: string;
  readonly reasons: readonly RecordedReason[];
}

/** What an event says of a decision beside its message. Nothing that the record does not hold. */
export function decisionDetails(
  record: RecordedDecision,
  concerned: readonly Concerned[],
): EventDetails {
  const { shown, omitted } = bounded(concerned, MAX_CANDIDATES);
  const { block } = record;
  return {
    ...(block === undefined ? {} : { status_detail: block.code }),
    ...policyOf(record),
    ...(shown.length === 0 ? {} : { resources: shown.map(resourceOf) }),
    evidences: [askEvidence(record), ...shown.map(evidenceOf)],
    unmapped: {
      ...factsOf(record),
      ...(omitted === undefined ? {} : { omitted_candidates: omitted }),
    },
  };
}

/** The policy that names the block, in the version of the bundle. */
function policyOf({ block, bundle }: RecordedDecision): Pick<EventDetails, 'policy'> {
  if (block?.policy === undefined) return {};
  const version = bundle === undefined ? {} : { version: bundle.digest };
  return { policy: { name: block.policy, uid: block.policy, ...version } };
}

function askEvidence({ caller, via }: RecordedDecision): EventEvidence {
  const actor = caller === undefined ? {} : { actor: { app_name: caller } };
  return { name: 'request', ...actor, api: { operation: via } };
}

function resourceOf({ ref, target }: Concerned): NamedThing {
  return { name: ref, ...(target === '' ? {} : { uid: target }), type: 'target' };
}

function evidenceOf({ ref, target, provider, reasons }: Concerned): EventEvidence {
  const { shown, omitted } = bounded(reasons, MAX_REASONS);
  const more = omitted === undefined ? {} : { omitted_reasons: omitted };
  return { name: ref, data: { target, provider, reasons: shown, ...more } };
}

/** What OCSF has no name for. */
function factsOf(record: RecordedDecision): Readonly<Record<string, unknown>> {
  const { decisionId, requestId, outcome, block, request, bundle } = record;
  const { scope, model, api } = request;
  const facts = {
    decision_id: decisionId,
    request_id: requestId,
    outcome,
    block,
    scope,
    model,
    api,
  };
  const said = Object.entries({ ...facts, bundle }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said);
}
