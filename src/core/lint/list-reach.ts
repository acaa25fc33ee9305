import type { BoundPolicy, Bundle } from '../engine/bundle';
import { listedProviderId, providersLike } from '../engine/catalog-view';
import { sightOf } from '../engine/judge-requirements';
import type { ListEntry, TargetList, TargetPattern } from '../model/policy';
import { foldedId } from '../policy/identifier';
import { EXACT, FOLDED, matchesPattern, type TargetIdentity } from '../policy/target-pattern';
import { wholeView, type LintSubject } from './lint-subjects';

/**
 * What an entry or a list does to a subject: `maybe` where that hangs on what the subject leaves open, which only the
 * request says: the model of a provider all of whose models are known, a region, an endpoint, a credential.
 */
export type Reach = 'no' | 'maybe' | 'yes';

/** One entry, and the subjects that it matches or may match, by their place. */
export interface EntryReach {
  readonly entry: ListEntry;
  readonly matched: ReadonlyMap<number, Exclude<Reach, 'no'>>;
}

/** One list of a policy, over all subjects. */
export interface ListReach {
  readonly list: TargetList;
  readonly entries: readonly EntryReach[];
  /** Whether the list keeps the subject out. */
  excludes(index: number): Reach;
}

/** Finds the subjects that an entry can match at all, so that long lists over a large catalog stay quick. */
export interface SubjectFinder {
  readonly subjects: readonly LintSubject[];
  candidatesFor(pattern: TargetPattern, providers: readonly string[]): readonly LintSubject[];
}

/** Prepares finding subjects by provider, target and model. */
export function createSubjectFinder(subjects: readonly LintSubject[]): SubjectFinder {
  const byProvider = groupBy(subjects, ({ subject }) => subject.identity.provider);
  const byTarget = groupBy(subjects, ({ subject }) => subject.identity.id);
  const byModel = groupBy(subjects, ({ subject }) => subject.identity.model);
  const open = subjects.filter(({ kind }) => kind === 'provider');
  return {
    subjects,
    candidatesFor: ({ target, model, provider }, providers) => {
      if (isLiteral(target)) return byTarget.get(foldedId(target)) ?? [];
      if (isLiteral(model)) return [...(byModel.get(foldedId(model)) ?? []), ...open];
      if (provider === undefined) return subjects;
      const names = new Set(providers.map(foldedId));
      return [...names].flatMap((name) => byProvider.get(name) ?? []);
    },
  };
}

/** What each list of a policy does to each subject; the same judgement as the engine's, entry by entry. */
export function reachOfLists(
  bundle: Bundle,
  bound: BoundPolicy,
  finder: SubjectFinder,
): readonly ListReach[] {
  return bound.policy.lists.map((list) => {
    const entries = list.entries.map((entry) =>
      reachOfEntry(bundle, bound, { list, entry, finder }),
    );
    return { list, entries, excludes: excluderOf(list, entries) };
  });
}

/** True if whatever matches the narrower pattern matches the wider one, whatever the catalog lists. */
export function coversPattern(wider: TargetPattern, narrower: TargetPattern): boolean {
  const fields = Object.entries(wider) as [keyof TargetPattern, string][];
  return fields.every(([field, text]) => {
    const other = narrower[field];
    if (other === undefined) return false;
    return text === '*' || foldedId(other) === foldedId(text);
  });
}

function excluderOf(
  { effect }: TargetList,
  entries: readonly EntryReach[],
): (index: number) => Reach {
  const named = new Map<number, Reach>();
  for (const { matched } of entries) {
    for (const [index, reach] of matched) if (named.get(index) !== 'yes') named.set(index, reach);
  }
  return (index) => {
    const reach = named.get(index) ?? 'no';
    return effect === 'deny' ? reach : OPPOSITE[reach];
  };
}

const OPPOSITE: Readonly<Record<Reach, Reach>> = { no: 'yes', maybe: 'maybe', yes: 'no' };

function reachOfEntry(
  bundle: Bundle,
  bound: BoundPolicy,
  { list, entry, finder }: { list: TargetList; entry: ListEntry; finder: SubjectFinder },
): EntryReach {
  const isDeny = list.effect === 'deny';
  const view = wholeView(bundle);
  const names = (name: string): readonly string[] =>
    isDeny
      ? providersLike(bundle, name)
      : [listedProviderId(view, name, { sight: sightOf(bound), bound })];
  const { provider } = entry.pattern;
  const candidates = finder.candidatesFor(
    entry.pattern,
    provider === undefined ? [] : names(provider),
  );
  const matches = (pattern: TargetPattern, identity: TargetIdentity): boolean =>
    matchesPattern(pattern, identity, isDeny ? FOLDED : EXACT, names);
  // Whatever credential a target is declared under, a request may name another one.
  const isSure = entry.pattern.credential === undefined;
  const matched = new Map<number, 'maybe' | 'yes'>();
  for (const each of candidates) {
    const identity = identityOf(each, isDeny);
    if (isSure && matches(entry.pattern, identity)) matched.set(each.index, 'yes');
    else if (
      mayBeOpen(entry.pattern, each) &&
      matches(withoutOpenParts(entry.pattern, each), identity)
    ) {
      matched.set(each.index, 'maybe');
    }
  }
  // A nested gateway may route to whatever an entry denies, so every entry denies it (L13).
  if (isDeny) {
    for (const { index, facts } of finder.subjects) if (facts.nested) matched.set(index, 'yes');
  }
  return { entry, matched };
}

function identityOf({ subject, facts }: LintSubject, isDeny: boolean): TargetIdentity {
  const { identity } = subject;
  return isDeny ? { ...identity, ...facts.place } : { ...identity, regions: facts.namedRegions };
}

/** False if the subject leaves nothing open that the pattern names, as is mostly so. */
function mayBeOpen(
  { region, endpoint, credential }: TargetPattern,
  { kind }: LintSubject,
): boolean {
  const namesPart = region !== undefined || endpoint !== undefined || credential !== undefined;
  return namesPart || kind === 'provider';
}

/** The pattern without what the subject leaves open: a request may name a part that matches it. */
function withoutOpenParts(
  pattern: TargetPattern,
  { kind, subject: { identity }, facts }: LintSubject,
): TargetPattern {
  const { provider, target, model, region, endpoint } = pattern;
  return {
    ...(provider === undefined ? {} : { provider }),
    ...(target === undefined ? {} : { target }),
    ...(model === undefined || kind === 'provider' ? {} : { model }),
    ...(region === undefined || facts.namedRegions.length === 0 ? {} : { region }),
    ...(endpoint === undefined || identity.endpoint === undefined ? {} : { endpoint }),
  };
}

function isLiteral(text: string | undefined): text is string {
  return text !== undefined && !text.includes('*');
}

function groupBy(
  subjects: readonly LintSubject[],
  nameOf: (subject: LintSubject) => string | undefined,
): ReadonlyMap<string, readonly LintSubject[]> {
  const groups = new Map<string, LintSubject[]>();
  for (const subject of subjects) {
    const name = nameOf(subject);
    if (name === undefined) continue;
    const group = groups.get(foldedId(name));
    if (group === undefined) groups.set(foldedId(name), [subject]);
    else group.push(subject);
  }
  return groups;
}
