import { cacheAt } from '../core/engine/epoch';
import type { Bundle } from '../core/engine/bundle';
import type { CatalogView } from '../core/engine/catalog-view';
import { decide } from '../core/engine/decide';
import { classify, type ScopeClass } from '../core/engine/scope-class';
import type { Decision } from '../core/model/decision';
import type { DecisionRequest } from '../core/model/request';
import type { CandidateGroup } from './preview-groups';

/** What is previewed: a request that names no model and sends no candidates, over one bundle. */
export interface PreviewScene {
  readonly bundle: Bundle;
  readonly request: DecisionRequest;
  readonly scopeClass: ScopeClass;
  readonly view: CatalogView;
}

/** Gathers what every part of a preview needs. What applies and is visible does not depend on the instant. */
export function previewScene(
  bundle: Bundle,
  request: DecisionRequest,
  nowMs: number,
): PreviewScene {
  const scopeClass = classify(bundle, cacheAt(bundle, nowMs).classes, request.context);
  return { bundle, request, scopeClass, view: { bundle, visible: scopeClass.visible } };
}

/**
 * Decides a group as a request for its first name would be decided. The name is never read as a pin, because its
 * candidates are already chosen: what a caller makes of the name is the caller's configuration.
 */
export function decideGroup(
  { bundle, request }: PreviewScene,
  { names: [model], candidates }: CandidateGroup,
  nowMs: number,
): Decision {
  const context = {
    ...request.context,
    ...(model === undefined ? {} : { model }),
    modelIdStyle: 'author' as const,
  };
  return decide(bundle, { ...request, context, candidates }, nowMs);
}
