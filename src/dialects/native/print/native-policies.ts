import type { Policy } from '../../../core/model/policy';
import { printRule } from './print-rule';

/**
 * The policies that say in native files what the given ones say. A native policy has one list of a kind and one rule
 * of a key, where other systems' may have several that all hold: what no longer fits stands in further policies,
 * which apply where the first does. Names stay apart where their forms would not.
 */
export function nativePolicies(policies: readonly Policy[]): readonly NamedPolicy[] {
  const taken = new Set<string>();
  return policies.flatMap(splitPolicy).map((policy) => {
    const name = freeName(nameOf(policy.id), taken);
    taken.add(name);
    return { name, policy };
  });
}

/** A policy, and the name of its native document. */
export interface NamedPolicy {
  readonly name: string;
  readonly policy: Policy;
}

/** What no native name may hold becomes a `-`. */
export function nameOf(id: string): string {
  return id.replace(/[^A-Za-z0-9._/-]+/gu, '-').replace(/^[^A-Za-z0-9]+/u, '') || 'policy';
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${name}-${String(count)}`;
  return free;
}

function splitPolicy(policy: Policy): readonly Policy[] {
  const lists = roundsOf(withoutTwins(uniteDenials(policy.lists), contentOfList), kindOfList);
  const rules = roundsOf(withoutTwins(policy.requirements, contentOfRule), keyOfRule);
  const count = Math.max(1, lists.length, rules.length);
  return Array.from({ length: count }, (_, index) => ({
    ...policy,
    lists: lists[index] ?? [],
    requirements: rules[index] ?? [],
  }));
}

type List = Policy['lists'][number];
type Rule = Policy['requirements'][number];

/** What several lists deny, one list can deny. What several allow must stay apart: each of them has to. */
function uniteDenials(lists: readonly List[]): readonly List[] {
  return lists.flatMap((list, index) => {
    if (list.effect === 'allow') return [list];
    const same = lists.filter((each) => kindOfList(each) === kindOfList(list));
    const isFirst = lists.findIndex((each) => kindOfList(each) === kindOfList(list)) === index;
    return isFirst ? [{ ...list, entries: same.flatMap(({ entries }) => entries) }] : [];
  });
}

function kindOfList({ subject, effect }: List): string {
  return `${subject} ${effect}`;
}

function contentOfList(list: List): string {
  return JSON.stringify([kindOfList(list), list.entries.map(({ pattern }) => pattern)]);
}

/** Expressions stand in a list of their own, so each of them is a key of its own. */
function keyOfRule({ rule }: Rule): string {
  return rule.kind === 'expression' ? contentOfRule({ rule }) : printRule(rule)[0];
}

function contentOfRule({ rule }: Pick<Rule, 'rule'>): string {
  return JSON.stringify(printRule(rule));
}

/** What is said twice in the same words is said once. */
function withoutTwins<T>(all: readonly T[], contentOf: (one: T) => string): readonly T[] {
  const contents = all.map(contentOf);
  return all.filter((_, index) => contents.indexOf(contents[index] ?? '') === index);
}

/** The first of each key, then the second of each, and so on. */
function roundsOf<T>(all: readonly T[], keyOf: (one: T) => string): readonly (readonly T[])[] {
  const rounds: T[][] = [];
  const counts = new Map<string, number>();
  for (const one of all) {
    const round = counts.get(keyOf(one)) ?? 0;
    counts.set(keyOf(one), round + 1);
    (rounds[round] ??= []).push(one);
  }
  return rounds;
}
