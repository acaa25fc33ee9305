import type { BoundPolicy, Bundle } from '../../core/engine/bundle';
import type { CatalogView } from '../../core/engine/catalog-view';
import { candidatesOf, qualifiedTargets } from '../../core/engine/derive-candidates';
import type { Candidate } from '../../core/model/request';
import type { BundlePair } from './circumstances';
import { openModels } from './open-models';
import type { DiffQuestion } from './diff-document';
import type { AskedSituation } from './situations';

/** Something that is asked of both bundles, with the candidates that each of them is given. */
export interface Question {
  readonly shown: DiffQuestion;
  /** What the client writes; absent where the candidates are sent. */
  readonly model?: string;
  readonly old: readonly Candidate[];
  readonly new: readonly Candidate[];
}

/** Parts that candidates can lay over targets, of both bundles. */
interface Parts {
  readonly regionsOf: (provider: string) => readonly string[];
  readonly endpointsOf: (provider: string) => readonly string[];
  readonly credentialsOf: (provider: string) => readonly string[];
}

/** A credential that no catalog lists: somebody brings a key of their own. */
const OWN_KEY = 'unlisted-key';

/** An address that no catalog lists: what the catalog says of its own is void there (L13). */
const OTHER_ADDRESS = 'https://unlisted.invalid';

/** Every name that either catalog serves, with what each offers for it; names of like offers together. */
export function namedQuestions(
  views: { readonly old: CatalogView; readonly new: CatalogView },
  situation: AskedSituation,
): readonly Question[] {
  const names = [views.old, views.new].flatMap(({ bundle }) => [
    ...bundle.catalog.byServedName.keys(),
  ]);
  const questions = new Map<string, Question & { readonly names: string[] }>();
  for (const name of new Set(names)) {
    const [old, fresh] = [views.old, views.new].map((view) => offered(view, situation, name));
    if (old === undefined || fresh === undefined || old.length + fresh.length === 0) continue;
    const key = JSON.stringify([refsOf(old), refsOf(fresh)]);
    const known = questions.get(key);
    if (known !== undefined) known.names.push(name);
    else {
      const models = [name];
      questions.set(key, { shown: shown(models), names: models, model: name, old, new: fresh });
    }
  }
  return [...questions.values()];
}

function offered(view: CatalogView, situation: AskedSituation, name: string): readonly Candidate[] {
  return candidatesOf(view, qualifiedTargets(view, situation, [name]));
}

function refsOf(candidates: readonly Candidate[]): readonly string[] {
  return candidates.map(({ ref }) => ref);
}

function shown(models: readonly string[], candidates: readonly string[] = []): DiffQuestion {
  return { models, candidates };
}

/**
 * Every candidate that an enforcement point can send by itself: targets by id, with each region, endpoint and
 * credential that they leave open and something lists, with a key of somebody's own, and models by their provider.
 */
export function sentCandidates(pair: BundlePair): readonly Candidate[] {
  const parts = partsOf(pair);
  const candidates = new Map<string, Candidate>();
  const add = (candidate: Candidate): void => {
    candidates.set(candidate.ref, candidate);
  };
  for (const { catalog } of [pair.old, pair.new]) {
    for (const { identity } of catalog.targets) {
      const { id, provider, model, ...own } = identity;
      for (const each of withParts(own, provider, parts)) add(named(id, { target: id }, each));
      for (const each of withParts({}, provider, parts))
        add(named(`${provider}/${model}`, { provider, model }, each));
    }
  }
  for (const { provider, model } of openModels(pair)) {
    for (const each of withParts({}, provider, parts))
      add(named(`${provider}/${model}`, { provider, model }, each));
  }
  return [...candidates.values()];
}

/** A question of these candidates alone. */
export function sentQuestion(candidates: readonly Candidate[]): Question {
  return { shown: shown([], refsOf(candidates)), old: candidates, new: candidates };
}

type OpenParts = Pick<Candidate, 'region' | 'endpoint' | 'credential'>;

function named(
  name: string,
  what: Pick<Candidate, 'target' | 'provider' | 'model'>,
  parts: OpenParts,
): Candidate {
  const words = Object.entries(parts).map(([part, value]) => `${part} ${value}`);
  const ref = words.length === 0 ? name : `${name} (${words.join(', ')})`;
  return { ref, ...what, ...parts, claims: [] };
}

/**
 * What a candidate can add: a region and an endpoint where the target says none, and in any case another address or
 * credential, which are no longer the target's own.
 */
function withParts(own: OpenParts, provider: string, parts: Parts): readonly OpenParts[] {
  const choices = (
    part: keyof OpenParts,
    values: readonly string[],
  ): readonly Partial<Record<keyof OpenParts, string>>[] => [
    {},
    ...values.filter((value) => value !== own[part]).map((value) => ({ [part]: value })),
  ];
  const listed = own.endpoint === undefined ? parts.endpointsOf(provider) : [];
  const regions = choices('region', own.region === undefined ? parts.regionsOf(provider) : []);
  const endpoints = choices('endpoint', [...listed, OTHER_ADDRESS]);
  const credentials = choices('credential', [...parts.credentialsOf(provider), OWN_KEY]);
  return regions.flatMap((region) =>
    endpoints.flatMap((endpoint) =>
      credentials.map((credential) => ({ ...region, ...endpoint, ...credential })),
    ),
  );
}

function partsOf({ old, new: fresh }: BundlePair): Parts {
  const unite =
    (pick: (bundle: Bundle, provider: string) => readonly string[]) =>
    (provider: string): readonly string[] => [
      ...new Set([old, fresh].flatMap((bundle) => pick(bundle, provider))),
    ];
  return {
    regionsOf: unite(regionsNamed),
    endpointsOf: unite(({ policies, catalog }, provider) => [
      ...(catalog.endpointsOf.get(provider) ?? []).map(({ declaration: { id } }) => id),
      ...listedParts(policies, 'endpoint'),
    ]),
    credentialsOf: unite(({ policies, catalog }, provider) => [
      ...(catalog.credentialsOf.get(provider) ?? []).map(({ declaration: { id } }) => id),
      ...listedParts(policies, 'credential'),
    ]),
  };
}

/** The values of a part that the entries of lists name. */
function listedParts(
  policies: readonly BoundPolicy[],
  part: 'region' | 'endpoint' | 'credential',
): readonly string[] {
  return policies
    .flatMap(({ policy }) => policy.lists.flatMap(({ entries }) => entries))
    .map(({ pattern }) => pattern[part])
    .filter((value) => value !== undefined);
}

/** Regions by which lists tell targets apart, and by which a provider's endpoints are chosen. */
function regionsNamed({ policies, catalog }: Bundle, provider: string): readonly string[] {
  const places = catalog.endpointsOf.get(provider) ?? [];
  const regions = places.map(({ declaration }) => declaration.region);
  return [...listedParts(policies, 'region'), ...regions.filter((each) => each !== undefined)];
}
