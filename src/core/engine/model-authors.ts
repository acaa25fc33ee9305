import type { AuthorSelection } from '../model/policy';
import { canonicalId, foldedId } from '../policy/identifier';
import { placedInSight, type CatalogView, type ClaimSight } from './catalog-view';
import type { Subject } from './subject';

/**
 * The authors that the names of a subject's model state: what stands before the `/` of each; empty for a name that
 * has a `/` and is no `author/model`. What a bound file says that a target serves counts for that file's policies
 * only, as its claims do.
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

/** Stands for an author that a name may state in another form, such as `publishers/anthropic/models/claude`. */
const IN_DOUBT = '';

/** `author/model`, and nothing before, between or behind that. */
const AUTHORED = /^([\p{L}\p{N}][\p{L}\p{N}._-]*)\/[^/]+$/u;

function authorIn(name: string): readonly string[] {
  return name.includes('/') ? [AUTHORED.exec(name)?.[1] ?? IN_DOUBT] : [];
}

/**
 * True if a policy with the selection judges a target of the authors. It does wherever that is in doubt: where no
 * author is stated, or not in the usual form, where one of several is selected, and where one is in another spelling.
 */
export function selectsAuthors(
  { only, except }: AuthorSelection,
  authors: readonly string[],
): boolean {
  if (authors.length === 0 || authors.includes(IN_DOUBT)) return true;
  const selected = only?.map(foldedId);
  if (selected !== undefined && !authors.some((author) => selected.includes(foldedId(author))))
    return false;
  const spared = except?.map(canonicalId);
  return spared === undefined || !authors.every((author) => spared.includes(canonicalId(author)));
}
