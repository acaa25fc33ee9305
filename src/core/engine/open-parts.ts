import { canonicalId } from '../policy/identifier';
import { visiblePlaced, type CatalogView } from './catalog-view';
import type { Subject } from './subject';

/** So many endpoints or credentials of a provider leave a choice. */
const SEVERAL = 2;

/**
 * A candidate that leaves its endpoint or credential open, where the catalog lists several of the provider's, may
 * be at any of them; it is judged as it stands and at each (L12).
 */
export function withOpenParts(view: CatalogView, subject: Subject): readonly Subject[] {
  if (subject.standing !== 'known') return [subject];
  const { endpoint, credential } = subject.identity;
  const placed = endpoint === undefined ? atEachEndpoint(view, subject) : [subject];
  return credential === undefined
    ? placed.flatMap((each) => underEachCredential(view, each))
    : placed;
}

/** An endpoint in another region than the one that is named is none that is meant. */
function atEachEndpoint(view: CatalogView, subject: Subject): readonly Subject[] {
  const { provider = '', region } = subject.identity;
  const listed = visiblePlaced(view, view.bundle.catalog.endpointsOf.get(provider)).filter(
    (each) =>
      region === undefined || each.region === undefined || canonicalId(each.region) === region,
  );
  return variants(subject, listed, (endpoint) => ({ endpoint }));
}

function underEachCredential(view: CatalogView, subject: Subject): readonly Subject[] {
  const { provider = '' } = subject.identity;
  const listed = visiblePlaced(view, view.bundle.catalog.credentialsOf.get(provider));
  return variants(subject, listed, (credential) => ({ credential }));
}

function variants(
  subject: Subject,
  listed: readonly { readonly id: string }[],
  partOf: (id: string) => Partial<Subject['identity']>,
): readonly Subject[] {
  const ids = new Set(listed.map(({ id }) => canonicalId(id)));
  if (ids.size < SEVERAL) return [subject];
  return [
    subject,
    ...[...ids].map((id) => ({ ...subject, identity: { ...subject.identity, ...partOf(id) } })),
  ];
}
