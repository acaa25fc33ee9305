import type { Decision, Verdict } from '../core/model/decision';
import type { TargetIdentity } from '../core/policy/target-pattern';
import { visibleById } from '../core/engine/catalog-view';
import { requestedModels } from '../core/engine/requested-models';
import type { Candidate } from '../core/model/request';
import type { PreviewBlock, PreviewModel, PreviewTarget } from './preview-document';
import type { CandidateGroup } from './preview-groups';
import { placeOf } from './preview-position';
import type { RuleBook } from './preview-reasons';
import type { PreviewScene } from './preview-request';

/** A group and what was decided for it. */
export interface JudgedGroup {
  readonly group: CandidateGroup;
  readonly decision: Decision;
}

/** What a request for the group's names gets. */
export function previewModel(
  scene: PreviewScene,
  { group, decision }: JudgedGroup,
  rules: RuleBook,
): PreviewModel {
  const { names, anyModelOf, candidates } = group;
  const block = blockOf(decision);
  return {
    names,
    ...(anyModelOf === undefined ? {} : { anyModelOf }),
    outcome: decision.outcome,
    eligible: decision.eligible.map(({ ref }) => ref),
    targets: decision.verdicts.flatMap((verdict, index) => {
      const candidate = candidates[index];
      return candidate === undefined
        ? []
        : [previewTarget(scene, { verdict, candidate, decision }, rules)];
    }),
    ...(block === undefined ? {} : { block }),
    pins: pinsOf(scene, names),
  };
}

function blockOf({ block }: Decision): PreviewBlock | undefined {
  if (block === undefined) return undefined;
  const { code, message, httpStatus, layer, policy } = block;
  return { code, message, httpStatus, layer, policy };
}

interface JudgedTarget {
  readonly verdict: Verdict;
  readonly candidate: Candidate;
  readonly decision: Decision;
}

function previewTarget(
  scene: PreviewScene,
  { verdict, candidate, decision }: JudgedTarget,
  rules: RuleBook,
): PreviewTarget {
  const { ref, eligible, reasons } = verdict;
  const target = visibleById(scene.view, candidate.target ?? '')[0];
  const identity: TargetIdentity = target?.identity ?? candidate;
  const shadow = decision.shadow.filter((finding) => finding.ref === ref);
  return {
    ref,
    provider: identity.provider ?? '',
    model: identity.model ?? '',
    ...partsOf(identity),
    eligible,
    rules: rules.rulesOf(ref),
    reasons: reasons.map((reason) => rules.toPreview(ref, reason)),
    shadow: shadow.flatMap((each) => each.reasons.map((reason) => rules.toPreview(ref, reason))),
    ...(target === undefined ? {} : { position: placeOf(target.declaration.position) }),
  };
}

function partsOf({
  region,
  endpoint,
  credential,
}: TargetIdentity): Pick<PreviewTarget, 'region' | 'endpoint' | 'credential'> {
  return {
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credential === undefined ? {} : { credential }),
  };
}

/** Names that a caller without a configured style reads as a pin (L7), so that it reaches other targets by them. */
function pinsOf({ bundle, request }: PreviewScene, names: readonly string[]): PreviewModel['pins'] {
  const context = { ...request.context, models: names, modelIdStyle: 'auto' as const };
  return requestedModels(bundle, context).flatMap(({ pin }, index) => {
    const name = names[index];
    return pin === undefined || name === undefined ? [] : [{ name, provider: pin }];
  });
}
