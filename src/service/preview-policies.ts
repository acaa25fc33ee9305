import type { BoundPolicy } from '../core/engine/bundle';
import type { AuthorSelection, Policy, TargetList } from '../core/model/policy';
import { holdsValue, matchScope, scopeValueOf } from '../core/policy/scope-match';
import { expectedOf } from '../core/requirements/registry';
import type { PreviewModel, PreviewPolicy, PreviewRule, PreviewTarget } from './preview-document';
import { placeOf } from './preview-position';
import type { PreviewScene } from './preview-request';
import { scopeRecord } from './preview-scope';

/** Every policy of the bundle: whether it applies, why not, and what it does to the models. */
export function previewPolicies(
  scene: PreviewScene,
  models: readonly PreviewModel[],
): readonly PreviewPolicy[] {
  const effects = effectsOf(models);
  return scene.bundle.policies.map((bound) => ({
    id: bound.policy.id,
    mode: bound.policy.mode,
    scope: scopeRecord(bound.scope),
    ...applicationOf(scene, bound),
    rules: rulesOf(bound.policy),
    ...countsOf(effects.get(bound.policy.id), bound.policy),
    position: placeOf(bound.policy.position),
  }));
}

const APPLIES = { counts: 'yes', restricts: 'restricts', no: 'no' } as const;

function applicationOf(
  { request: { context } }: PreviewScene,
  { scope }: BoundPolicy,
): Pick<PreviewPolicy, 'applies' | 'unmatched'> {
  const valueOf = (key: string): string | undefined => scopeValueOf(context, key);
  const unmatched = [...scope].flatMap(([key, values]) => {
    const value = valueOf(key);
    if (value === undefined) return [{ key, values }];
    return holdsValue(values, value) ? [] : [{ key, values, value }];
  });
  return { applies: APPLIES[matchScope(scope, valueOf)], unmatched };
}

function rulesOf({ lists, requirements, authors }: Policy): readonly PreviewRule[] {
  const whose = whoseModels(authors);
  return [
    ...lists.map((list) => ({
      name: `${list.subject}s.${list.effect}`,
      expected: entriesOf(list),
      position: placeOf(list.position),
    })),
    ...requirements.map(({ rule, position }) => ({
      name: rule.kind,
      expected: `${expectedOf(rule)}${whose}`,
      position: placeOf(position),
    })),
  ];
}

/** For whose models the requirements are, where they are not for all. */
function whoseModels({ only, except }: AuthorSelection = {}): string {
  if (only !== undefined) return `, for models of ${only.join(', ')}`;
  return except === undefined ? '' : `, for models of all but ${except.join(', ')}`;
}

/** Entries of a list that a rule repeats; the file has all of them. */
const MAX_ENTRIES = 20;

function entriesOf({ effect, entries }: TargetList): string {
  const shown = entries.slice(0, MAX_ENTRIES).map(({ text }) => text);
  const rest = entries.length - shown.length;
  const more = rest > 0 ? ` and ${String(rest)} more` : '';
  return `${effect === 'allow' ? 'one of' : 'none of'} ${shown.join(', ')}${more}`;
}

/** What one policy does, by the refs of the targets that it does it to. */
interface Effect {
  readonly blocks: Set<string>;
  readonly alone: Set<string>;
  readonly gaveWay: Set<string>;
  readonly wouldBlock: Set<string>;
  readonly wouldLeaveNone: Set<string>;
}

type Effects = Map<string, Effect>;

function effectsOf(models: readonly PreviewModel[]): Effects {
  const effects: Effects = new Map();
  for (const model of models) {
    const eligible = model.targets.filter((target) => target.eligible);
    const gaveWay = policiesOf(eligible.flatMap(({ reasons }) => reasons));
    for (const policy of gaveWay) addAll(effectOf(effects, policy).gaveWay, namesOf(model));
    for (const target of model.targets) noteBlocked(effects, target, gaveWay);
    for (const target of eligible) noteShadow(effects, target);
    noteEmptied(effects, model, eligible);
  }
  return effects;
}

function effectOf(effects: Effects, policy: string): Effect {
  const existing = effects.get(policy);
  if (existing !== undefined) return existing;
  const fresh: Effect = {
    blocks: new Set(),
    alone: new Set(),
    gaveWay: new Set(),
    wouldBlock: new Set(),
    wouldLeaveNone: new Set(),
  };
  effects.set(policy, fresh);
  return fresh;
}

/** A policy that gave way does not block, although a target that others block shows its reasons, too. */
function noteBlocked(effects: Effects, target: PreviewTarget, gaveWay: ReadonlySet<string>): void {
  if (target.eligible) return;
  const blocking = [...policiesOf(target.reasons)].filter((policy) => !gaveWay.has(policy));
  for (const policy of blocking) {
    const effect = effectOf(effects, policy);
    effect.blocks.add(target.ref);
    if (blocking.length === 1) effect.alone.add(target.ref);
  }
}

function noteShadow(effects: Effects, { ref, shadow }: PreviewTarget): void {
  for (const policy of policiesOf(shadow)) effectOf(effects, policy).wouldBlock.add(ref);
}

function noteEmptied(
  effects: Effects,
  model: PreviewModel,
  eligible: readonly PreviewTarget[],
): void {
  for (const policy of policiesOf(eligible.flatMap(({ shadow }) => shadow))) {
    const leavesNone = eligible.every(({ shadow }) => policiesOf(shadow).has(policy));
    if (leavesNone) addAll(effectOf(effects, policy).wouldLeaveNone, namesOf(model));
  }
}

function addAll(set: Set<string>, values: readonly string[]): void {
  for (const value of values) set.add(value);
}

function policiesOf(reasons: PreviewTarget['reasons']): ReadonlySet<string> {
  return new Set(reasons.map(({ policy }) => policy));
}

function namesOf({ names, targets }: PreviewModel): readonly string[] {
  return names.length > 0 ? names : targets.map(({ ref }) => ref);
}

function countsOf(
  effect: Effect | undefined,
  { mode }: Policy,
): Pick<PreviewPolicy, 'blocks' | 'blocksAlone' | 'gaveWay' | 'wouldLeaveNone'> {
  const blocks = mode === 'shadow' ? effect?.wouldBlock : effect?.blocks;
  return {
    blocks: blocks?.size ?? 0,
    blocksAlone: effect?.alone.size ?? 0,
    gaveWay: [...(effect?.gaveWay ?? [])],
    wouldLeaveNone: [...(effect?.wouldLeaveNone ?? [])],
  };
}
