import type { TargetPattern } from '../model/policy';
import type { Comparison, TargetIdentity } from './target-pattern';

/** Gives those of many identities that a pattern may match, and seldom others. */
export type FindIdentities = (
  pattern: TargetPattern,
  providerOf: (name: string) => string,
) => readonly TargetIdentity[];

/** A model's name, with anything in front of a `/` or behind a `:` at most: what lists of dialects hold. */
const KEYED = /^(?:\*\/)?([^*]+?)(?::\*)?$/u;

/** Marks in a name, of `/` and `:`; one with more is compared with everything, since its parts are too many to keep. */
const MAX_MARKS = 8;

/** Indexes identities by model and provider, so that long lists are not compared with whole catalogs. */
export function indexIdentities(
  all: readonly TargetIdentity[],
  { form }: Pick<Comparison, 'form'>,
): FindIdentities {
  const byModel = new Map<string, TargetIdentity[]>();
  const odd: TargetIdentity[] = [];
  const byProvider = new Map<string, TargetIdentity[]>();
  for (const each of all) {
    const model = form(each.model ?? '');
    if (placesOf('[/:]', model).length > MAX_MARKS) odd.push(each);
    else for (const key of keysOf(model)) add(byModel, key, each);
    add(byProvider, form(each.provider ?? ''), each);
  }
  return ({ model, provider }, providerOf) => {
    const key = model === undefined ? undefined : KEYED.exec(form(model))?.[1];
    if (key !== undefined) return [...odd, ...(byModel.get(key) ?? [])];
    return provider === undefined ? all : (byProvider.get(form(providerOf(provider))) ?? []);
  };
}

/** The name, its ends behind each `/`, and of all of these their beginnings before each `:`. */
function keysOf(model: string): ReadonlySet<string> {
  const ends = [model, ...placesOf('/', model).map((at) => model.slice(at + 1))];
  return new Set(ends.flatMap((end) => [end, ...placesOf(':', end).map((at) => end.slice(0, at))]));
}

function placesOf(mark: string, text: string): readonly number[] {
  return [...text.matchAll(new RegExp(mark, 'gu'))].map(({ index }) => index);
}

function add(index: Map<string, TargetIdentity[]>, key: string, identity: TargetIdentity): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [identity]);
  else known.push(identity);
}
