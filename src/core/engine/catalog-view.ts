import { canonicalId } from '../policy/identifier';
import type { Bundle, CatalogTarget, Placed } from './bundle';

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

/** The id of a provider by any of its names; an unknown name stands for itself. */
export function providerIdOf(bundle: Bundle, name: string): string {
  const canonical = canonicalId(name);
  return bundle.catalog.providerNames.get(canonical) ?? canonical;
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

/** Those of the targets that some visible document declares. */
export function onlyVisible(
  view: CatalogView,
  targets: readonly CatalogTarget[] | undefined,
): readonly CatalogTarget[] {
  return (targets ?? []).filter(({ documents }) =>
    documents.some((document) => view.visible[document] === true),
  );
}
