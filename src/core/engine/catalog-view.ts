import type { TargetDeclaration } from '../model/catalog';
import { canonicalId, foldedId } from '../policy/identifier';
import type { BoundPolicy, Bundle, CatalogTarget, DocumentIndex, Placed } from './bundle';

/** What a request can see of the catalog. */
export interface CatalogView {
  readonly bundle: Bundle;
  /** By document index. */
  readonly visible: readonly boolean[];
}

/** The targets of an id that the request can see. */
export function visibleById(view: CatalogView, id: string): readonly CatalogTarget[] {
  return onlyVisible(view, view.bundle.catalog.byId.get(canonicalId(id)));
}

/** The id of a provider by any of its names, also those that dialects agree on; an unknown name stands for itself. */
export function providerIdOf(bundle: Bundle, name: string): string {
  const canonical = canonicalId(name);
  const { providerNames, dialectNames } = bundle.catalog;
  return providerNames.get(canonical) ?? dialectNames.agreed.get(canonical) ?? canonical;
}

/** All names, folded, of the providers that have the name in any spelling, file or dialect: what a deny entry means. */
export function providersLike({ catalog }: Bundle, name: string): readonly string[] {
  const folded = foldedId(name);
  return catalog.dialectNames.alike.get(folded) ?? [folded];
}

/** Those of the placed declarations whose document exists for the request. */
export function visiblePlaced<T>(
  view: CatalogView,
  placed: readonly Placed<T>[] | undefined,
): readonly T[] {
  return (placed ?? [])
    .filter(({ document }) => view.visible[document] === true)
    .map(({ declaration }) => declaration);
}

/** Whose claims count: those of unbound files and, for a bound policy, of its own file. */
export type ClaimSight = DocumentIndex | 'unbound';

/** True if who has the sight may rely on what the document states. */
export function inSight(view: CatalogView, document: DocumentIndex, sight: ClaimSight): boolean {
  return document === sight || view.bundle.set.documents[document]?.binding === undefined;
}

/** Those of the placed declarations whose document exists for the request and may be relied on. */
export function placedInSight<T>(
  view: CatalogView,
  placed: readonly Placed<T>[] | undefined,
  sight: ClaimSight,
): readonly T[] {
  return visiblePlaced(
    view,
    placed?.filter(({ document }) => inSight(view, document, sight)),
  );
}

/** What the request can see of what a target's documents declare; one document may see less than another. */
export function visibleDeclarations(
  view: CatalogView,
  { declarations }: CatalogTarget,
): readonly TargetDeclaration[] {
  return visiblePlaced(view, declarations);
}

/**
 * The id of a provider by a name that a request can use, or a policy of the given sight: an alias counts only where
 * a file that exists for them declares it (design, section 4).
 */
export function providerIdIn(view: CatalogView, name: string, sight?: ClaimSight): string {
  const canonical = canonicalId(name);
  const id = view.bundle.catalog.providerNames.get(canonical);
  if (id === undefined || id === canonical) return canonical;
  const placed = view.bundle.catalog.providers.get(id);
  const seen =
    sight === undefined ? visiblePlaced(view, placed) : placedInSight(view, placed, sight);
  const isAlias = seen.some(({ aliases }) =>
    aliases.some((each) => canonicalId(each) === canonical),
  );
  return isAlias ? id : canonical;
}

/**
 * The id of a provider by the name that an entry of an allow list uses: as files declare it, else as the dialect of
 * the policy, or of its file, has it, where a file that exists for the policy declares the provider.
 */
export function listedProviderId(
  view: CatalogView,
  name: string,
  {
    sight,
    bound: { policy, document },
  }: { readonly sight: ClaimSight; readonly bound: BoundPolicy },
): string {
  const { bundle } = view;
  const declared = providerIdIn(view, name, sight);
  const dialect = policy.providerNames ?? bundle.set.documents[document]?.document.dialect ?? '';
  const id = bundle.catalog.dialectNames.byDialect.get(dialect)?.get(canonicalId(name));
  if (id === undefined) return declared;
  return placedInSight(view, bundle.catalog.providers.get(id), sight).length > 0 ? id : declared;
}

/** Those of the targets that some visible document declares. */
export function onlyVisible(
  view: CatalogView,
  targets: readonly CatalogTarget[] | undefined,
): readonly CatalogTarget[] {
  return (targets ?? []).filter(({ documents }) =>
    documents.some((document) => view.visible[document] === true),
  );
}
