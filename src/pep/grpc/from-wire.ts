import type { CallerTraits } from '../../core/model/request';
import type { ListEligibleRequest } from '../../gen/ambit/v1/decision_service';
import { Detail as WireDetail } from '../../gen/ambit/v1/request';
import type { DecideRequest, MinBundle as WireMinBundle } from '../../gen/ambit/v1/request';
import type { Ask, Detail, MinBundle } from '../../ports/answer';
import { MAX_ID_BYTES, MAX_PAGE_TOKEN_BYTES } from '../limits';
import { exceedsBytes } from '../text-size';
import { candidatesFromWire } from './candidates-from-wire';
import { contextFromWire } from './context-from-wire';
import type { Complaints } from './preferences-from-wire';
import type { Violation } from './violations';

/** An ask, or what the enforcement point got wrong in it. What the end client got wrong is part of the ask. */
export type AskFromWire = { readonly ask: Ask } | { readonly violations: readonly Violation[] };

/** Callers of this contract rewrite the model and do not own claims, until the configuration says otherwise. */
const DEFAULT_CALLER: CallerTraits = { rewritesModel: true, ownsClaims: false };

/** Reads a DecideRequest. Without candidates it is one with none; it never stands for the catalog. */
export function decideRequestFromWire(wire: DecideRequest): AskFromWire {
  const complaints: Complaints = { violations: [], problems: [] };
  const { violations, problems } = complaints;
  checkRequestId(wire.requestId, violations);
  const context = contextFromWire(wire.context, complaints);
  const candidates = candidatesFromWire(wire.candidates, violations);
  const detail = detailFromWire(wire.detail, problems);
  const minBundle = minBundleFromWire(wire.minBundle, violations);
  if (violations.length > 0) return { violations };
  const request = { context, candidates, caller: DEFAULT_CALLER, problems };
  const ask: Ask = { requestId: wire.requestId, request, detail };
  return { ask: minBundle === undefined ? ask : { ...ask, minBundle } };
}

/** Reads a ListEligibleRequest without its page: the candidates are the catalog's. */
export function listRequestFromWire(wire: ListEligibleRequest): AskFromWire {
  const complaints: Complaints = { violations: [], problems: [] };
  const { violations, problems } = complaints;
  const context = contextFromWire(wire.context, complaints);
  const detail = detailFromWire(wire.detail, problems);
  const minBundle = minBundleFromWire(wire.minBundle, violations);
  violations.push(...checkPage(wire));
  if (violations.length > 0) return { violations };
  const request = { context, caller: DEFAULT_CALLER, problems };
  const ask: Ask = { requestId: '', request, detail };
  return { ask: minBundle === undefined ? ask : { ...ask, minBundle } };
}

/** What is wrong with the page of a listing. */
export function checkPage(page: { pageSize: number; pageToken: string }): readonly Violation[] {
  const violations: Violation[] = [];
  if (page.pageSize < 0) violations.push({ path: 'page_size', problem: 'is negative' });
  if (exceedsBytes(page.pageToken, MAX_PAGE_TOKEN_BYTES)) {
    violations.push({ path: 'page_token', problem: 'is no token of this service' });
  }
  return violations;
}

function checkRequestId(requestId: string, violations: Violation[]): void {
  if (exceedsBytes(requestId, MAX_ID_BYTES)) {
    violations.push({ path: 'request_id', problem: `has more than ${String(MAX_ID_BYTES)} bytes` });
  }
}

function detailFromWire(number: number, problems: string[]): Detail {
  switch (number) {
    case WireDetail.DETAIL_UNSPECIFIED:
    case WireDetail.DETAIL_REASONS:
      return 'reasons';
    case WireDetail.DETAIL_SUMMARY:
      return 'summary';
    case WireDetail.DETAIL_TRACE:
      return 'trace';
    default:
      problems.push('detail is not understood');
      return 'reasons';
  }
}

function minBundleFromWire(
  wire: WireMinBundle | undefined,
  violations: Violation[],
): MinBundle | undefined {
  if (wire === undefined) return undefined;
  switch (wire.bound?.$case) {
    case 'revision':
      return { kind: 'revision', revision: wire.bound.value };
    case 'digest':
      return { kind: 'digest', digest: wire.bound.value };
    case undefined:
      violations.push({
        path: 'min_bundle',
        problem: 'demands nothing; set `revision` or `digest`',
      });
      return undefined;
  }
}
