import type {
  EndpointDeclaration,
  ProviderDeclaration,
  TargetDeclaration,
} from '../../core/model/catalog';
import type { Claim } from '../../core/model/claim';
import { isRouterModel } from '../../core/policy/model-name';
import { textProblem, type TextRules } from '../yaml/scalars';
import type { Span } from '../yaml/source-text';
import { GATEWAYS } from './gateways';
import type { ListNotes } from './list-notes';

/** What a native file can hold as an id; see test/dialects/catalogs/names.test.ts. */
const NAME: TextRules = { pattern: /^[!-)+-~]+$/u, maxChars: 256 };

/** A target as an entry of a list states it; the rest of the declaration follows. */
export type ListedTarget = Pick<TargetDeclaration, 'provider' | 'model' | 'claims'> &
  Partial<Pick<TargetDeclaration, 'id' | 'endpoint' | 'region' | 'apis'>>;

/** Collects the declarations of one list. What native files could not state is left out, and noted. */
export class Collection {
  readonly #notes: ListNotes;
  readonly #providers = new Map<string, ProviderDeclaration>();
  readonly #endpoints = new Map<string, EndpointDeclaration>();
  readonly #targets = new Map<string, TargetDeclaration>();

  constructor(notes: ListNotes) {
    this.#notes = notes;
  }

  get providers(): readonly ProviderDeclaration[] {
    return [...this.#providers.values()];
  }

  get endpoints(): readonly EndpointDeclaration[] {
    return [...this.#endpoints.values()];
  }

  get targets(): readonly TargetDeclaration[] {
    return [...this.#targets.values()];
  }

  /** Declares a provider, once. False: its name has not the form of an id. */
  addProvider(
    id: string,
    at: Span,
    stated: Partial<Pick<ProviderDeclaration, 'models' | 'claims'>> = {},
  ): boolean {
    if (!this.#isName(id, at)) return false;
    if (this.#providers.has(id)) return true;
    if (GATEWAYS.has(id)) this.#notes.add('gateway_in_list', at, id);
    const { position } = at;
    const rest = { aliases: [], position, places: { id: position } };
    this.#providers.set(id, { id, models: 'listed', claims: [], ...stated, ...rest });
    return true;
  }

  /** Declares a target with its provider and endpoint. A second entry for the same one must say the same. */
  addTarget(listed: ListedTarget, at: Span): void {
    const { provider, model, endpoint, region } = listed;
    const place = region === undefined ? '' : `@${region}`;
    const id = listed.id ?? `${provider}/${model}${place}`;
    const names = [model, id, endpoint, region].filter((name) => name !== undefined);
    if (!names.every((name) => this.#isName(name, at)) || !this.addProvider(provider, at)) return;
    if (isRouterModel(model)) this.#notes.add('router_in_list', at, model);
    if (endpoint !== undefined) this.#addEndpoint(provider, endpoint, at);
    const { position } = at;
    const first = this.#targets.get(id);
    const target = {
      ...listed,
      id,
      claimsStatedOn: 'target' as const,
      position,
      places: { id: position },
    };
    this.#targets.set(id, first === undefined ? target : this.#join(first, target, at));
  }

  #addEndpoint(provider: string, id: string, { position }: Span): void {
    const key = JSON.stringify([provider, id]);
    if (this.#endpoints.has(key)) return;
    this.#endpoints.set(key, { id, provider, claims: [], position, places: { id: position } });
  }

  #isName(name: string, at: Span): boolean {
    const isName = textProblem(name, NAME) === undefined;
    if (!isName) this.#notes.add('entry_not_taken', at, name);
    return isName;
  }

  /** Of two entries for one target only those claims count that both state alike, whichever stands first. */
  #join(first: TargetDeclaration, second: TargetDeclaration, at: Span): TargetDeclaration {
    const both = first.claims.filter((claim) =>
      second.claims.some((other) => isSame(claim, other)),
    );
    const differ = both.length < first.claims.length || both.length < second.claims.length;
    if (differ) this.#notes.add('unclear_claim', at, first.id);
    const apis = [...new Set([...(first.apis ?? []), ...(second.apis ?? [])])];
    return { ...first, ...(apis.length === 0 ? {} : { apis }), claims: both };
  }
}

function isSame(left: Claim, right: Claim): boolean {
  return left.name === right.name && left.value === right.value;
}
