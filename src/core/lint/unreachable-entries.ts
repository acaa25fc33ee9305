import type { BoundPolicy } from '../engine/bundle';
import type { Finding } from '../model/finding';
import type { ListEntry } from '../model/policy';
import { formatPosition } from '../model/source-position';
import { setFinding } from '../policy/set-finding';
import type { LintView } from './lint-view';
import { coversPattern, type EntryReach, type ListReach } from './list-reach';
import { isShadowed } from './shadowed-policies';

/** A list, and the policy that states it. */
interface OwnedList {
  readonly bound: BoundPolicy;
  readonly reach: ListReach;
}

/** Why an entry can never matter. */
type Cause =
  | { readonly kind: 'entry'; readonly entry: ListEntry }
  | { readonly kind: 'list'; readonly owner: OwnedList };

/**
 * Entries of lists that can never matter: another entry of the list says as much, or another list that holds wherever
 * theirs does has taken all that they match. Only lists count, never claims: what a target declares may change.
 */
export function unreachableEntries(view: LintView): readonly Finding[] {
  return view.policies
    .filter((bound) => !isShadowed(view, bound))
    .flatMap((bound) => entriesOf(view, bound));
}

function entriesOf(view: LintView, bound: BoundPolicy): readonly Finding[] {
  const own = view.lists(bound).map((reach) => ({ bound, reach }));
  const others = view
    .companions(bound)
    .flatMap((other) => view.lists(other).map((reach) => ({ bound: other, reach })));
  return own.flatMap((list) => {
    const takers = [...own.filter((each) => each !== list), ...others];
    const found = list.reach.entries.map((reach) => ({
      reach,
      place: formatPosition(reach.entry.position),
      cause: causeOf(list.reach, reach, takers),
    }));
    // A word of a dialect may stand for several entries: it matters as long as one of them does.
    const mattering = new Set(
      found
        .filter(({ reach, cause }) => cause === undefined && reach.matched.size > 0)
        .map(({ place }) => place),
    );
    return found.flatMap(({ reach, place, cause }) =>
      cause === undefined || mattering.has(place) ? [] : [report(list, reach.entry, cause)],
    );
  });
}

function causeOf(
  list: ListReach,
  reach: EntryReach,
  takers: readonly OwnedList[],
): Cause | undefined {
  const { entry, matched } = reach;
  if (entry.future || matched.size === 0) return undefined;
  const covering = coveringEntry(list, reach);
  if (covering !== undefined) return { kind: 'entry', entry: covering };
  // A ban that other bans happen to cover stays one for what is catalogued next; an allow list goes on to exclude.
  const able =
    list.list.effect === 'allow'
      ? takers
      : takers.filter((each) => each.reach.list.effect === 'allow');
  const owner = able.find((each) => takesAll(each, matched));
  if (owner !== undefined) return { kind: 'list', owner };
  const isTaken =
    list.list.effect === 'allow' &&
    [...matched.keys()].every((index) => able.some((each) => takes(each, index)));
  const first = isTaken ? able.find((each) => takesSome(each, matched)) : undefined;
  return first === undefined ? undefined : { kind: 'list', owner: first };
}

/** Another entry of the list that matches whatever this one does; of two that match the same, the first one counts. */
function coveringEntry(list: ListReach, reach: EntryReach): ListEntry | undefined {
  const { entry } = reach;
  const [first] = reach.matched.keys();
  if (first === undefined) return undefined;
  const place = list.entries.indexOf(reach);
  return list.entries.find(
    (other, index) =>
      other !== reach &&
      other.matched.has(first) &&
      coversPattern(other.entry.pattern, entry.pattern) &&
      (index < place || !coversPattern(entry.pattern, other.entry.pattern)),
  )?.entry;
}

function takesAll(taker: OwnedList, matched: EntryReach['matched']): boolean {
  return [...matched.keys()].every((index) => takes(taker, index));
}

function takesSome(taker: OwnedList, matched: EntryReach['matched']): boolean {
  return [...matched.keys()].some((index) => takes(taker, index));
}

function takes({ reach }: OwnedList, index: number): boolean {
  return reach.excludes(index) === 'yes';
}

function report({ reach, bound }: OwnedList, entry: ListEntry, cause: Cause): Finding {
  const { effect } = reach.list;
  const why =
    cause.kind === 'entry'
      ? `entry \`${cause.entry.text}\` of the list covers it`
      : `${nameOf(cause.owner)} keeps out all that it matches`;
  return setFinding({
    severity: effect === 'allow' ? 'warning' : 'info',
    code: 'unreachable_entry',
    message: `${effect} entry \`${entry.text}\` of policy \`${bound.policy.id}\` changes nothing: ${why}`,
    help:
      effect === 'allow'
        ? 'remove it, or change what stands against it'
        : 'remove it, or leave it as a second line of defence',
    position: entry.position,
    related: [
      {
        position: cause.kind === 'entry' ? cause.entry.position : cause.owner.reach.list.position,
        message: 'because of this',
      },
    ],
  });
}

function nameOf({ bound, reach }: OwnedList): string {
  const { subject, effect } = reach.list;
  return `\`${subject}s.${effect}\` of policy \`${bound.policy.id}\``;
}
