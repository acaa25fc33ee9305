import { status } from '@grpc/grpc-js';

import { ExplainResponse, GetCatalogResponse } from '../../gen/ambit/v1/policy_service';
import type {
  ExplainRequest,
  GetCatalogRequest,
  GetStatusResponse,
} from '../../gen/ambit/v1/policy_service';
import { readCatalog } from '../../service/catalog-query';
import type { CatalogQueryParts } from '../../service/catalog-query';
import type { DecisionPoint } from '../../service/decision-point';
import { readStatus } from '../../service/status';
import type { Lifecycle } from '../../service/status';
import { MAX_ANSWER_BYTES } from '../limits';
import type { LimitAsk } from '../ask-limits';
import type { CallFacts, CallRules } from '../call-rules';
import { createUnaryHandler, invalidArgument } from '../unary';
import type { Reply } from '../unary';
import { catalogToWire } from './catalog-to-wire';
import { admitRead, pageSizeOf } from './decision-handlers';
import { explanationToWire } from './explanation-to-wire';
import { checkPage, decideRequestFromWire } from './from-wire';
import type { PolicyHandlers } from './service-definitions';
import { statusToWire, withoutFiles } from './status-to-wire';
import { describeViolations } from './violations';

/** What the handlers need. */
export interface PolicyHandlerParts extends CatalogQueryParts {
  readonly point: DecisionPoint;
  readonly lifecycle: Lifecycle;
  readonly version: string;
  readonly rules: CallRules;
  readonly limitAsk: LimitAsk;
}

/** Creates the handlers of PolicyService. */
export function createPolicyHandlers(parts: PolicyHandlerParts): PolicyHandlers {
  const { rules } = parts;
  return {
    getStatus: createUnaryHandler((_wire, facts) => answerStatus(parts, facts), rules),
    getCatalog: createUnaryHandler((wire, facts) => answerCatalog(parts, wire, facts), rules),
    explain: createUnaryHandler((wire, facts) => answerExplain(parts, wire, facts), rules),
  };
}

function answerStatus(parts: PolicyHandlerParts, { caller }: CallFacts): Reply<GetStatusResponse> {
  const answer = statusToWire(readStatus(parts), parts.version);
  return { answer: caller.maySeeFiles ? answer : withoutFiles(answer) };
}

function answerCatalog(
  parts: PolicyHandlerParts,
  wire: GetCatalogRequest,
  { caller }: CallFacts,
): Reply<Uint8Array> {
  const violations = checkPage(wire);
  if (violations.length > 0) return invalidArgument(describeViolations(violations));
  const page = readCatalog(parts, {
    pageSize: pageSizeOf(wire.pageSize),
    pageToken: wire.pageToken,
    caller,
  });
  if ('problem' in page) return invalidArgument(`\`page_token\` ${page.problem}`);
  const bytes = GetCatalogResponse.encode(catalogToWire(page)).finish();
  return withinLimit(bytes, 'ask for a smaller page');
}

function answerExplain(
  parts: PolicyHandlerParts,
  wire: ExplainRequest,
  facts: CallFacts,
): Reply<Uint8Array> {
  if (wire.request === undefined) return invalidArgument('`request` is missing');
  const { limitAsk } = parts;
  const admitted = admitRead(decideRequestFromWire(wire.request), facts, limitAsk);
  if ('failure' in admitted) return admitted;
  const ask = { ...admitted.ask, detail: 'trace' } as const;
  const bytes = ExplainResponse.encode(explanationToWire(parts.point.explain(ask))).finish();
  return withinLimit(bytes, 'explain fewer candidates');
}

/** What is too large for a client to read is refused with the way out; nothing of it is decided upon. */
function withinLimit(bytes: Uint8Array, wayOut: string): Reply<Uint8Array> {
  if (bytes.length <= MAX_ANSWER_BYTES) return { answer: bytes };
  const details = `the answer has more than ${String(MAX_ANSWER_BYTES)} bytes; ${wayOut}`;
  return { failure: { code: status.RESOURCE_EXHAUSTED, details, reason: 'size' } };
}
