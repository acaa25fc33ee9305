import type { Block } from '../../core/model/decision';
import type { RoutingAdvice } from '../../core/model/policy-set';
import type { ListEligibleResponse } from '../../gen/ambit/v1/decision_service';
import type {
  DecideResponse,
  Block as WireBlock,
  BundleRef as WireBundleRef,
  Routing,
} from '../../gen/ambit/v1/decision';
import type { Answer, BundleRef } from '../../ports/answer';
import type { ListingPage } from '../../service/list-eligible';
import { formatInstant } from './instants';
import { budgetReasons } from './reason-budget';
import { positionToWire, presentText } from './reason-to-wire';
import { traceToWire } from './trace-to-wire';
import { verdictToWire } from './verdict-to-wire';
import { WIRE_LAYERS, WIRE_OUTCOMES } from './wire-enums';

/** A whole answer. */
export function answerToWire(answer: Answer): DecideResponse {
  const { decision, detail } = answer;
  const budget = budgetReasons(decision.verdicts, decision.block);
  return {
    ...frameToWire(answer),
    eligible: decision.eligible.map(({ ref }) => ref),
    verdicts: decision.verdicts.map((verdict) => verdictToWire(verdict, detail, budget)),
  };
}

/** An answer without its verdicts and without what is eligible. */
export function frameToWire(answer: Answer): DecideResponse {
  const { decision, detail, bundle } = answer;
  return {
    requestId: answer.requestId,
    decisionId: answer.decisionId,
    outcome: WIRE_OUTCOMES[decision.outcome],
    eligible: [],
    verdicts: [],
    block: blockToWire(decision.block),
    warnings: decision.warnings,
    routing: routingToWire(decision.routing),
    bundle: bundleRefToWire(bundle),
    trace: detail === 'trace' && bundle !== undefined ? traceToWire(answer) : undefined,
  };
}

/** One page of a listing. */
export function listingToWire(page: ListingPage): ListEligibleResponse {
  const { answer, verdicts } = page;
  const { decision, detail, bundle } = answer;
  const budget = budgetReasons(verdicts, decision.block);
  return {
    verdicts: verdicts.map((verdict) => verdictToWire(verdict, detail, budget)),
    eligible: page.eligible.map(({ ref }) => ref),
    nextPageToken: page.nextPageToken,
    outcome: WIRE_OUTCOMES[decision.outcome],
    block: blockToWire(decision.block),
    warnings: decision.warnings,
    bundle: bundleRefToWire(bundle),
  };
}

/** Almost all answers name the same bundle, so its wire form is kept beside it. */
const KNOWN_BUNDLES = new WeakMap<BundleRef, WireBundleRef>();

/** The bundle that decided. */
export function bundleRefToWire(bundle: BundleRef | undefined): WireBundleRef | undefined {
  if (bundle === undefined) return undefined;
  const known = KNOWN_BUNDLES.get(bundle);
  if (known !== undefined) return known;
  const made = makeBundleRef(bundle);
  KNOWN_BUNDLES.set(bundle, made);
  return made;
}

function makeBundleRef(bundle: BundleRef): WireBundleRef {
  const { digest, revision, sequence, validUntilMs, stale } = bundle;
  return {
    digest,
    revision: revision === undefined ? undefined : BigInt(revision),
    sequence: BigInt(sequence),
    validUntil: validUntilMs === undefined ? undefined : formatInstant(validUntilMs),
    stale,
  };
}

function blockToWire(block: Block | undefined): WireBlock | undefined {
  if (block === undefined) return undefined;
  const { layer, policy, ...others } = block;
  return { ...others, layer: WIRE_LAYERS[layer], policy: presentText(policy) };
}

function routingToWire(routing: RoutingAdvice | undefined): Routing | undefined {
  if (routing === undefined) return undefined;
  const { strategy, triggers, maxFallbackAttempts, position } = routing;
  return { strategy, triggers, maxFallbackAttempts, source: positionToWire(position) };
}
