import type { AuthorSelection } from '../model/policy';
import { canonicalId, foldedId } from '../policy/identifier';
import { placedInSight, type CatalogView, type ClaimSight } from './catalog-view';
import type { Subject } from './subject';

/**
 * The authors that the names of a subject's model state: what stands before the first `/` of each. What a bound
 * file says that a target serves counts for that file's policies only, as its claims do.
 */
export function authorsOf(
  view: CatalogView,
  { identity, target }: Subject,
  sight: ClaimSight,
): readonly string[] {
  const served = placedInSight(view, target?.declarations, sight).flatMap(
    ({ serves }) => serves ?? [],
  );
  const names = identity.model === undefined ? served : [identity.model, ...served];
  return [...new Set(names.flatMap(authorIn))];
}

function authorIn(name: string): readonly string[] {
  const at = name.indexOf('/');
  return at > 0 ? [name.slice(0, at)] : [];
}

/**
 * True if a policy with the selection judges a target of the authors. It does wherever that is in doubt: where no
 * author is stated, where one of several is selected, and where one is in another spelling.
 */
export function selectsAuthors(
  { only, except }: AuthorSelection,
  authors: readonly string[],
): boolean {
  if (authors.length === 0) return true;
  const selected = only?.map(foldedId);
  if (selected !== undefined && !authors.some((author) => selected.includes(foldedId(author))))
    return false;
  const spared = except?.map(canonicalId);
  return spared === undefined || !authors.every((author) => spared.includes(canonicalId(author)));
}
