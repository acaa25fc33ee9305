import type { Bundle } from '../core/engine/bundle';
import { validUntilMs } from '../core/engine/compile';
import { decide } from '../core/engine/decide';
import type { Candidate, DecisionRequest } from '../core/model/request';
import { previewChanges } from './preview-changes';
import type { PreviewBundle, PreviewDocument, PreviewRequest } from './preview-document';
import { candidateGroups } from './preview-groups';
import { previewModel, type JudgedGroup } from './preview-models';
import { previewPolicies } from './preview-policies';
import { openRuleBook } from './preview-reasons';
import { decideGroup, previewScene, type PreviewScene } from './preview-request';
import { previewScope } from './preview-scope';
import { sumTargets } from './preview-targets';

/**
 * What a bundle allows and blocks at an instant, over the whole catalog, for requests that are alike but for their
 * model. `request` names no model and sends no candidates. Each model is decided by itself, as `decide` would: what
 * a warn policy leaves to one model does not depend on the others (L9). Pure, and its answer depends on nothing
 * else (L11).
 */
export function preview(bundle: Bundle, request: DecisionRequest, nowMs: number): PreviewDocument {
  const scene = previewScene(bundle, request, nowMs);
  const judged = candidateGroups(scene.view, request.context).map((group) => ({
    group,
    decision: decideGroup(scene, group, nowMs),
  }));
  const rules = openRuleBook(scene, candidatesOfAll(judged), nowMs);
  const models = judged.map((each) => previewModel(scene, each, rules));
  const untilMs = validUntilMs(bundle, nowMs);
  const { refusal, warnings } = judgeRequest(scene, nowMs);
  return {
    apiVersion: 'ambit/v1',
    kind: 'Preview',
    at: new Date(nowMs).toISOString(),
    ...(untilMs === undefined ? {} : { validUntil: new Date(untilMs).toISOString() }),
    bundle: bundleOf(bundle),
    request: requestOf(request),
    scope: previewScope(bundle, request.context),
    ...(refusal === undefined ? {} : { refusal }),
    policies: previewPolicies(scene, models),
    ...sumTargets(scene, models),
    models,
    changes: previewChanges(scene, judged, nowMs),
    warnings,
  };
}

function candidatesOfAll(judged: readonly JudgedGroup[]): readonly Candidate[] {
  const candidates = judged.flatMap(({ group }) => group.candidates);
  return [...new Map(candidates.map((candidate) => [candidate.ref, candidate])).values()];
}

function bundleOf({ digest, settings: { name, revision } }: Bundle): PreviewBundle {
  return { name, digest, ...(revision === undefined ? {} : { revision }) };
}

function requestOf({ context }: DecisionRequest): PreviewRequest {
  const { tenant, scope, api, features } = context;
  return {
    ...(tenant === undefined ? {} : { tenant }),
    scope: Object.fromEntries(scope),
    ...(api === undefined ? {} : { api }),
    features,
  };
}

/**
 * What is said of the request as a whole, whatever the model: without candidates, a request is blocked for lack of
 * them, unless it is refused before anything is judged.
 */
function judgeRequest(
  { bundle, request }: PreviewScene,
  nowMs: number,
): Pick<PreviewDocument, 'refusal' | 'warnings'> {
  const { block, warnings } = decide(bundle, { ...request, candidates: [] }, nowMs);
  if (block === undefined || block.code === 'no_candidates') return { warnings };
  const { code, message, httpStatus } = block;
  return { refusal: { code, message, httpStatus }, warnings };
}
