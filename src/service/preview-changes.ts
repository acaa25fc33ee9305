import { claimHolders } from '../core/lint/claim-holders';
import type { Candidate } from '../core/model/request';
import type { PolicySet } from '../core/model/policy-set';
import { formatPosition } from '../core/model/source-position';
import { showClaim } from '../core/requirements/judge-claim';
import type {
  PreviewChange,
  PreviewChanges,
  PreviewExpiry,
  PreviewModelChange,
} from './preview-document';
import type { JudgedGroup } from './preview-models';
import { placeOf } from './preview-position';
import { openRuleBook, type RuleBook } from './preview-reasons';
import { decideGroup, type PreviewScene } from './preview-request';

/** Instants that are looked at: each of them judges the whole catalog anew. */
const MAX_INSTANTS = 16;

/**
 * Judges the same groups at each of the next instants at which something expires or begins to count, and tells of
 * those at which somebody's answer changes.
 */
export function previewChanges(
  scene: PreviewScene,
  judged: readonly JudgedGroup[],
  nowMs: number,
): PreviewChanges {
  const later = scene.bundle.instantsMs.filter((instantMs) => instantMs > nowMs);
  const list: PreviewChange[] = [];
  let before = judged;
  for (const instantMs of later.slice(0, MAX_INSTANTS)) {
    const after = before.map(({ group }) => ({
      group,
      decision: decideGroup(scene, group, instantMs),
    }));
    const models = differences(scene, before, after, instantMs);
    if (models.length > 0) {
      const claims = causesFirst(expiriesAt(scene, instantMs), models);
      list.push({ at: new Date(instantMs).toISOString(), claims, models });
    }
    before = after;
  }
  return { list, notLookedAt: Math.max(0, later.length - MAX_INSTANTS) };
}

/** The places of what differs are looked up only for candidates that differ, as they are few. */
function differences(
  scene: PreviewScene,
  before: readonly JudgedGroup[],
  after: readonly JudgedGroup[],
  instantMs: number,
): readonly PreviewModelChange[] {
  const changed = after.flatMap((now, index) => {
    const was = before[index];
    return was === undefined || isSame(was, now) ? [] : [{ was, now }];
  });
  if (changed.length === 0) return [];
  const candidates = new Map<string, Candidate>();
  for (const { now } of changed) {
    for (const candidate of now.group.candidates) candidates.set(candidate.ref, candidate);
  }
  const rules = openRuleBook(scene, [...candidates.values()], instantMs);
  return changed.map(({ was, now }) => modelChange(was, now, rules));
}

function isSame({ decision: was }: JudgedGroup, { decision: now }: JudgedGroup): boolean {
  return (
    was.outcome === now.outcome &&
    was.verdicts.every(({ eligible }, index) => eligible === now.verdicts[index]?.eligible)
  );
}

function modelChange(
  { decision: was }: JudgedGroup,
  { group, decision: now }: JudgedGroup,
  rules: RuleBook,
): PreviewModelChange {
  const turned = now.verdicts.filter(
    ({ eligible }, index) => eligible !== was.verdicts[index]?.eligible,
  );
  return {
    names: group.names,
    ...(group.anyModelOf === undefined ? {} : { anyModelOf: group.anyModelOf }),
    from: was.outcome,
    to: now.outcome,
    becomesBlocked: turned
      .filter(({ eligible }) => !eligible)
      .map(({ ref, reasons }) => ({
        ref,
        reasons: reasons.map((reason) => rules.toPreview(ref, reason)),
      })),
    becomesEligible: turned.filter(({ eligible }) => eligible).map(({ ref }) => ref),
  };
}

/** Those that blocked targets failed by come first, in file order, and so do the others after them. */
function causesFirst(
  claims: readonly PreviewExpiry[],
  models: readonly PreviewModelChange[],
): readonly PreviewExpiry[] {
  const reasons = models.flatMap(({ becomesBlocked }) =>
    becomesBlocked.flatMap((each) => each.reasons),
  );
  const causes = new Set(
    reasons.flatMap(({ claimPosition }) =>
      claimPosition === undefined ? [] : [formatPosition(claimPosition)],
    ),
  );
  const isCause = ({ position }: PreviewExpiry): boolean => causes.has(formatPosition(position));
  return [...claims.filter(isCause), ...claims.filter((claim) => !isCause(claim))];
}

/** What expires at the instant, of the files that exist for the request. */
function expiriesAt({ bundle, view }: PreviewScene, instantMs: number): readonly PreviewExpiry[] {
  const set: PolicySet = {
    ...bundle.set,
    documents: bundle.set.documents.filter((_, index) => view.visible[index] === true),
  };
  return claimHolders(set).flatMap(({ level, id, claims }) =>
    claims
      .filter(({ expiresAtMs }) => expiresAtMs === instantMs)
      .map((claim) => ({ level, id, claim: showClaim(claim), position: placeOf(claim.position) })),
  );
}
