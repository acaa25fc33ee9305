import { TENANT_KEY } from '../../core/policy/scope-match';
import type {
  PreviewDocument,
  PreviewModel,
  PreviewPolicy,
  PreviewReason,
  PreviewScope,
  PreviewScopeKey,
} from '../../service/preview-document';
import { countOf } from '../text';

/** Names that a sentence repeats before it counts the rest. */
const MAX_NAMES = 3;

/** Values of a key that are repeated: enough to choose from. */
const MAX_VALUES = 20;

/** `a, b, c and 4 more`. */
export function nameList(names: readonly string[], most = MAX_NAMES): string {
  const rest = names.length - most;
  return rest <= 0
    ? names.join(', ')
    : `${names.slice(0, most).join(', ')} and ${String(rest)} more`;
}

/** An instant as people read it: without seconds and milliseconds that are nought. */
export function instantWords(instant: string): string {
  return instant.replace(/(?::00)?\.000Z$/, 'Z');
}

/** What the request says of itself. */
export function requestWords({ request }: PreviewDocument): string {
  const { tenant, scope, api, features } = request;
  const parts = [
    ...(tenant === undefined ? [] : [`tenant ${tenant}`]),
    ...Object.entries(scope).map(([key, value]) => `${key} ${value}`),
    ...(api === undefined ? [] : [`api ${api}`]),
    ...(features.length === 0 ? [] : [`features ${features.join(', ')}`]),
  ];
  return parts.length === 0 ? 'a request that says nothing of itself' : parts.join(', ');
}

/** The values of one key, and what a request must know of them. */
export function keyParts(
  { key, values, closed }: PreviewScopeKey,
  { tenantRequired }: PreviewScope,
): { readonly values: string; readonly note: string } {
  const must = key === TENANT_KEY && tenantRequired ? 'one of them must be said' : '';
  const listed = values.length === 0 ? 'no value is named' : nameList(values, MAX_VALUES);
  return { values: listed, note: closed ? must : 'others may be said, too' };
}

/** `3 models: 1 allowed, 2 blocked`. */
export function modelCountWords({ counts }: PreviewDocument): string {
  const { allow, warn, block } = counts.models;
  const parts = counted([
    [allow, 'allowed'],
    [warn, 'allowed with a warning'],
    [block, 'blocked'],
  ]);
  return `${countOf(allow + warn + block, 'model')}${parts}`;
}

/** `4 targets: 1 eligible, 3 blocked`. */
export function targetCountWords({ counts }: PreviewDocument): string {
  const { eligible, blocked, notOffered } = counts.targets;
  const parts = counted([
    [eligible, 'eligible'],
    [blocked, 'blocked'],
    [notOffered, 'not offered'],
  ]);
  return `${countOf(eligible + blocked + notOffered, 'target')}${parts}`;
}

function counted(parts: readonly (readonly [number, string])[]): string {
  const told = parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${String(count)} ${word}`);
  return told.length === 0 ? '' : `: ${told.join(', ')}`;
}

/** The names of a model; of an open provider, what it stands for. */
export function modelWords({
  names,
  anyModelOf,
}: Pick<PreviewModel, 'names' | 'anyModelOf'>): string {
  return anyModelOf === undefined ? names.join(', ') : `any other model of ${anyModelOf}`;
}

/** Whether a policy applies, in a word. */
export const APPLICATION_WORDS: Readonly<Record<PreviewPolicy['applies'], string>> = {
  yes: 'applies',
  restricts: 'restricts',
  no: 'does not apply',
};

/** Why a policy does not apply, or does not count; empty where it applies. */
export function unmatchedWords({ unmatched }: PreviewPolicy): string {
  return unmatched
    .map(({ key, values, value }) => {
      const wanted = values === 'any' ? 'any' : nameList(values);
      return value === undefined
        ? `the request says no ${key} (it is for ${wanted})`
        : `it is for ${key} ${wanted}, not ${value}`;
    })
    .join('; ');
}

/** What a policy does to the targets; empty where it does nothing. */
export function effectWords(policy: PreviewPolicy): string {
  const { mode, blocks, blocksAlone, gaveWay, wouldLeaveNone } = policy;
  if (mode === 'shadow') {
    if (blocks === 0) return 'would change nothing';
    const none =
      wouldLeaveNone.length === 0 ? '' : ` and leave none for ${nameList(wouldLeaveNone)}`;
    return `would block ${countOf(blocks, 'eligible target')}${none}`;
  }
  const count = blocksAlone === blocks ? 'all' : String(blocksAlone);
  const alone = blocksAlone === 0 ? '' : `, ${count} of them alone`;
  const parts = [
    ...(blocks === 0 ? [] : [`blocks ${countOf(blocks, 'target')}${alone}`]),
    ...(gaveWay.length === 0 ? [] : [`gave way for ${nameList(gaveWay)}`]),
  ];
  return parts.length === 0 ? 'blocks nothing' : parts.join('; ');
}

/** What a reason is about: the claim, else the rule, else its code. */
export function subjectOf({ claim, requirement, code }: PreviewReason): string {
  return claim !== '' ? claim : requirement !== '' ? requirement : code;
}

/** All that would make a target eligible, each once. */
export function remedyWords(reasons: readonly PreviewReason[]): string {
  return [...new Set(reasons.map(({ help }) => help).filter((help) => help !== ''))].join('; ');
}
