import { stringify } from 'yaml';
import type { Decision } from '../../../../src/core/model/decision';
import type { Candidate, DecisionRequest } from '../../../../src/core/model/request';
import type { Reason } from '../../../../src/core/model/reason';

/** A case as a file states it, before it is printed. */
export interface PrintedCase {
  name: string;
  now: string;
  request: object;
  outcome: string;
  eligible: string[];
  blocked: Record<string, unknown>;
  unmet: Record<string, unknown>;
  block?: Record<string, unknown>;
  warnings: string[];
}

/** A case that expects exactly what was decided. Claims that candidates bring are left out of the request. */
export function caseOf(request: DecisionRequest, decision: Decision, nowMs: number): PrintedCase {
  const { verdicts, eligible, block, outcome, warnings } = decision;
  return {
    name: 'as decided',
    now: new Date(nowMs).toISOString(),
    request: requestOf(request),
    outcome,
    eligible: eligible.map(({ ref }) => ref),
    blocked: Object.fromEntries(
      verdicts
        .filter((each) => !each.eligible)
        .map(({ ref, reasons }) => [ref, reasons.map(reasonOf)]),
    ),
    unmet: Object.fromEntries(
      eligible
        .filter(({ reasons }) => reasons.length > 0)
        .map(({ ref, reasons }) => [ref, reasons.map(reasonOf)]),
    ),
    ...(block === undefined
      ? {}
      : {
          block: {
            code: block.code,
            layer: block.layer,
            ...(block.policy === '' ? {} : { policy: block.policy }),
            http_status: block.httpStatus,
            content_type: block.contentType,
            providers_considered: block.providersConsidered,
            body: JSON.parse(block.body) as unknown,
          },
        }),
    warnings: warnings.map(({ code }) => code),
  };
}

function reasonOf({ code, layer, policy, state, expected }: Reason): object {
  return {
    code,
    layer,
    state,
    ...(policy === '' ? {} : { policy }),
    ...(expected === '' || expected !== expected.trim() ? {} : { expected }),
  };
}

function requestOf({ context, candidates, caller }: DecisionRequest): object {
  const { preferences: p } = context;
  return stated({
    tenant: context.tenant,
    scope: Object.fromEntries(context.scope),
    model: context.model,
    models: context.models.length === 0 ? undefined : context.models,
    model_id_style: context.modelIdStyle,
    api: context.api,
    features: context.features.length === 0 ? undefined : context.features,
    attributes: Object.fromEntries(context.attributes),
    preferences: stated({
      only: p.only,
      ignore: p.ignore,
      order: p.order,
      allow_fallbacks: p.allowFallbacks,
      zero_data_retention: p.zeroDataRetention,
      no_training: p.noTraining,
      data_collection: p.dataCollection,
      max_retention_days: p.maxRetentionDays,
      processing_regions: p.processingRegions,
      quantizations: p.quantizations,
      max_price: p.maxPrice,
    }),
    candidates: candidates?.map(candidateOf),
    caller: { rewrites_model: caller.rewritesModel, owns_claims: caller.ownsClaims },
  });
}

function candidateOf({ ref, target, provider, model, region, endpoint, credential }: Candidate) {
  return stated({ ref, target, provider, model, region, endpoint, credential });
}

function stated(parts: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

/** The document that holds the cases. */
export function print(...cases: readonly object[]): string {
  const document = {
    apiVersion: 'ambit/v1',
    kind: 'PolicyTest',
    metadata: { name: 'generated' },
    spec: { cases },
  };
  return stringify(document, { aliasDuplicateObjects: false });
}
