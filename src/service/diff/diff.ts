import type { Bundle } from '../../core/engine/bundle';
import type { Candidate } from '../../core/model/request';
import type { ScopeClass } from '../../core/engine/scope-class';
import {
  scopeGroups,
  type BundlePair,
  type ScopeCombination,
  type ScopeGroup,
} from './circumstances';
import { askBoth, type Scene } from './compare';
import { gatherDifferences, type Observation } from './differences';
import type { DiffDifference, DiffDocument, DiffSide } from './diff-document';
import { novelChanges } from './novel-changes';
import { namedQuestions, sentCandidates } from './questions';
import { askSent } from './sent-questions';
import { situationsOf, type AskedSituation } from './situations';
import { unprovenOf } from './unproven';

/** What is looked at at most. With more, nothing is said at all. */
export interface DiffLimits {
  /** Candidates in all classes of requests. */
  readonly requests: number;
  /** Pairs of candidates of one class of requests. */
  readonly pairs: number;
}

/** As much as takes a minute or so. */
const DEFAULT_LIMITS: DiffLimits = { requests: 1_000_000, pairs: 100_000 };

/** The whole answer; or why there is none: a part of it would look like all of it. */
export type DiffResult =
  { readonly document: DiffDocument } | { readonly tooLarge: 'scopes' | 'requests' | 'pairs' };

/**
 * Who gains and who loses which target between two bundles at an instant, over all scopes, apis and features that
 * either of them can tell apart, and over both catalogs. Pure, and complete or nothing.
 */
export function diff(pair: BundlePair, nowMs: number, limits = DEFAULT_LIMITS): DiffResult {
  const groups = scopeGroups(pair, nowMs);
  if (groups === undefined) return { tooLarge: 'scopes' };
  const situations = situationsOf(pair);
  const candidates = sentCandidates(pair);
  if (groups.length * situations.length * Math.max(candidates.length, 1) > limits.requests)
    return { tooLarge: 'requests' };
  const observations: Observation[] = [];
  for (const group of groups) {
    for (const situation of situations) {
      const scene = { ...sceneOf({ pair, group, situation, nowMs }), maxPairs: limits.pairs };
      const observed = observe(scene, situation, candidates);
      if (observed === undefined) return { tooLarge: 'pairs' };
      observations.push({ ...observed, combinations: group.combinations, situation });
    }
  }
  const scopes = combinationsOf(groups).length;
  const counts = { scopes, situations: situations.length, requests: sumOf(observations) };
  return { document: documentOf(pair, nowMs, { counts, observations }) };
}

function sceneOf({
  pair,
  group,
  situation,
  nowMs,
}: {
  readonly pair: BundlePair;
  readonly group: ScopeGroup;
  readonly situation: AskedSituation;
  readonly nowMs: number;
}): Omit<Scene, 'maxPairs'> {
  const [first] = group.combinations;
  if (first === undefined) throw new Error('a group of combinations is never empty');
  return {
    old: { bundle: pair.old, visible: group.old.visible },
    new: { bundle: pair.new, visible: group.new.visible },
    context: { ...first.context, ...situation },
    sameWarn: warnKey(group.old) === warnKey(group.new),
    nowMs,
  };
}

function warnKey({ policies }: ScopeClass): string {
  const warn = policies.filter(({ bound }) => bound.policy.mode === 'warn');
  return JSON.stringify(warn.map(({ bound: { policy, scope } }) => [policy.id, scope.size]));
}

function observe(
  scene: Scene,
  situation: AskedSituation,
  candidates: readonly Candidate[],
): Pick<Observation, 'changes' | 'requests'> | undefined {
  const named = namedQuestions(scene, situation).map((question) => ({
    question,
    answers: askBoth(scene, question),
  }));
  const sent = askSent(scene, candidates);
  if (sent === undefined) return undefined;
  return { changes: novelChanges(named, sent), requests: named.length + sent.length };
}

function combinationsOf(groups: readonly ScopeGroup[]): readonly ScopeCombination[] {
  return groups.flatMap(({ combinations }) => combinations);
}

function sumOf(observations: readonly Observation[]): number {
  return observations.reduce((sum, { requests }) => sum + requests, 0);
}

function documentOf(
  pair: BundlePair,
  nowMs: number,
  parts: {
    readonly counts: Pick<DiffDocument['counts'], 'scopes' | 'situations' | 'requests'>;
    readonly observations: readonly Observation[];
  },
): DiffDocument {
  const differences = gatherDifferences(parts.observations);
  const gained = targetsOf(differences, 'gains');
  const lost = targetsOf(differences, 'loses');
  return {
    apiVersion: 'ambit/v1',
    kind: 'Diff',
    at: new Date(nowMs).toISOString(),
    old: sideOf(pair.old),
    new: sideOf(pair.new),
    wider: gained > 0,
    narrower: lost > 0,
    counts: { ...parts.counts, gained, lost },
    unproven: unprovenOf(pair),
    differences,
  };
}

function sideOf({ digest, settings: { name, revision } }: Bundle): DiffSide {
  return { name, digest, ...(revision === undefined ? {} : { revision }) };
}

function targetsOf(differences: readonly DiffDifference[], way: 'gains' | 'loses'): number {
  const targets = differences.flatMap(({ changes }) => changes.flatMap((each) => each[way]));
  return new Set(targets.map(({ target }) => target)).size;
}
