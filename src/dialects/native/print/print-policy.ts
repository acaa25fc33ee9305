import {
  WORDINGS,
  type BlockSettings,
  type ListEntry,
  type Policy,
  type Scope,
  type TargetList,
} from '../../../core/model/policy';
import type { SourcePosition } from '../../../core/model/source-position';
import type { NamedPolicy } from './native-policies';
import { printRule } from './print-rule';
import type { Comment, PrintedDocument } from './printed-document';
import { statedOnly } from './stated-only';

/** The policy's file, and what a comment says of a place in it. */
export interface PrintContext {
  readonly dialect: string;
  readonly wordsAt: (position: SourcePosition) => string;
}

/** A policy of any dialect as a native document. */
export function printPolicy({ name, policy }: NamedPolicy, context: PrintContext): PrintedDocument {
  const { mode, authors, requirements, lists } = policy;
  const spec = statedOnly({
    mode: mode === 'enforce' ? undefined : mode,
    scope: printScope(policy.scope),
    provider_names: providerNamesOf(policy, context),
    providers: printLists(lists, 'provider'),
    models: printLists(lists, 'model'),
    applies_to:
      authors === undefined
        ? undefined
        : statedOnly({ model_authors: authors.only, model_authors_except: authors.except }),
    requirements: printRequirements(policy),
    unrestricted: lists.length + requirements.length === 0 ? true : undefined,
    on_no_eligible: printBlock(policy.block),
    log_provider_selection: policy.logSelection ? undefined : false,
  });
  return {
    kind: 'Policy',
    name,
    spec,
    head: [`from ${context.wordsAt(policy.position)}`, ...noteOfName(policy.id, name)],
    comments: [...listComments(lists, context), ...ruleComments(policy, context)],
  };
}

function noteOfName(id: string, name: string): readonly string[] {
  return name === id ? [] : [`its name was ${JSON.stringify(id)}, which a native file cannot say`];
}

export function printScope(scope: Scope | undefined): object | undefined {
  return scope === undefined || scope.size === 0 ? undefined : Object.fromEntries(scope);
}

/** Entries of lists mean what the dialect means by them, so the policy says whose they are. */
function providerNamesOf(
  { lists, providerNames }: Policy,
  { dialect }: PrintContext,
): string | undefined {
  if (providerNames !== undefined) return providerNames;
  return lists.length === 0 ? undefined : WORDINGS.find((each) => each === dialect);
}

function printLists(
  lists: readonly TargetList[],
  subject: TargetList['subject'],
): object | undefined {
  const printed = statedOnly(
    Object.fromEntries(
      lists
        .filter((list) => list.subject === subject)
        .map((list) => [list.effect, printEntries(list)]),
    ),
  );
  return Object.keys(printed).length === 0 ? undefined : printed;
}

/** A list that is empty on purpose allows nothing, which native files say by a word. */
function printEntries({ subject, effect, entries }: TargetList): unknown {
  if (entries.length === 0) return effect === 'allow' ? 'none' : undefined;
  const printed = entries.map((entry) => printEntry(entry, subject, effect));
  const texts = printed.map((entry) => JSON.stringify(entry));
  return printed.filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
}

function printEntry(
  { pattern, future }: ListEntry,
  subject: TargetList['subject'],
  effect: TargetList['effect'],
): unknown {
  const [[field, text] = [], ...others] = Object.entries(pattern) as [string, string][];
  const isFuture = future && effect === 'deny';
  if (others.length === 0 && field === subject && !isFuture) return text;
  return { ...pattern, ...(isFuture ? { future } : {}) };
}

/** Several expressions stand in one list; any other kind stands once. */
function printRequirements({ requirements }: Policy): object | undefined {
  const printed: Record<string, unknown> = {};
  for (const [key, value] of requirements.map(({ rule }) => printRule(rule))) {
    const before = printed[key];
    printed[key] =
      Array.isArray(before) && Array.isArray(value) && key === 'expression'
        ? [...(before as unknown[]), ...(value as unknown[])]
        : value;
  }
  return requirements.length === 0 ? undefined : printed;
}

function printBlock({ status, message, wording, contact }: BlockSettings): object | undefined {
  const printed = statedOnly({
    status: status === 403 ? undefined : status,
    message,
    wording,
    contact,
  });
  return Object.keys(printed).length === 0 ? undefined : printed;
}

function listComments(lists: readonly TargetList[], { wordsAt }: PrintContext): readonly Comment[] {
  return lists.map(({ subject, effect, entries, position }) => ({
    path: [`${subject}s`, effect],
    text: entries.length === 0 ? `${wordsAt(position)}: nothing is allowed` : wordsAt(position),
  }));
}

function ruleComments({ requirements }: Policy, { wordsAt }: PrintContext): readonly Comment[] {
  return requirements.map(({ rule, position }) => ({
    path: ['requirements', printRule(rule)[0]],
    text: wordsAt(position),
  }));
}
