import type { TargetIdentity } from '../policy/target-pattern';
import { canonicalId } from '../policy/identifier';
import type { CatalogTarget } from './bundle';
import { joinKey } from './bundle';
import { visiblePlaced, type CatalogView } from './catalog-view';
import { hostOf } from './host';
import { plainSubject, unknownSubject, type Subject } from './subject';

/**
 * Lays the region, endpoint and credential that a candidate names over the targets that its id or its provider
 * and model stand for. A part that contradicts every target leaves something unknown.
 */
export function addParts(
  view: CatalogView,
  found: readonly (CatalogTarget | Subject)[],
  named: TargetIdentity,
): readonly Subject[] {
  const subjects = found.map((each) => ('declaration' in each ? plainSubject(each) : each));
  const placed = addEndpoint(view, addRegion(subjects, named.region), named.endpoint);
  const all = addCredential(placed, named.credential);
  return all.length === 0 ? [unknownSubject(named)] : all;
}

/** What the catalog does not know is still at an address, and only at one of the catalog's it inherits (L13). */
export function placeUnknown(view: CatalogView, subject: Subject): Subject {
  const [placed] = addEndpoint(view, [subject], subject.identity.endpoint);
  return placed ?? { ...subject, foreignAddress: true };
}

/** A region that a target leaves open is the candidate's; another region than the declared one is no match. */
function addRegion(subjects: readonly Subject[], region: string | undefined): readonly Subject[] {
  if (region === undefined) return subjects;
  return subjects
    .filter(({ identity }) => identity.region === undefined || identity.region === region)
    .map((subject) =>
      subject.target?.identity.region === region
        ? subject
        : { ...subject, identity: { ...subject.identity, region }, addedRegion: region },
    );
}

function addEndpoint(
  view: CatalogView,
  subjects: readonly Subject[],
  endpoint: string | undefined,
): readonly Subject[] {
  if (endpoint === undefined) return subjects;
  return endpoint.includes('://')
    ? addBaseUrl(view, subjects, endpoint)
    : subjects.flatMap((subject) => atEndpoint(view, subject, endpoint));
}

function atEndpoint(view: CatalogView, subject: Subject, endpoint: string): readonly Subject[] {
  if (subject.identity.endpoint === endpoint && subject.target !== undefined) return [subject];
  const open = subject.target?.identity.endpoint === undefined;
  const key = joinKey(subject.identity.provider ?? '', endpoint);
  const known = visiblePlaced(view, view.bundle.catalog.endpoints.get(key)).length > 0;
  return open && known ? [{ ...subject, identity: { ...subject.identity, endpoint } }] : [];
}

/**
 * A base URL of the catalog picks its endpoint, and contradicts a target that is declared at another one; a URL
 * that is not the catalog's voids what the catalog says (L13).
 */
function addBaseUrl(
  view: CatalogView,
  subjects: readonly Subject[],
  url: string,
): readonly Subject[] {
  return subjects.flatMap((subject) => {
    const own = subject.target?.identity.endpoint;
    const matching = endpointsAt(view, subject.identity.provider ?? '', url);
    const [first] = matching;
    if (first === undefined || (own === undefined && matching.length > 1)) {
      const { standing, identity } = subject;
      const isOthers = standing === 'known' && isAtAnother(view, identity.provider, url);
      const at = {
        ...subject,
        identity: { ...subject.identity, endpoint: url },
        foreignAddress: true,
      };
      return [isOthers ? { ...at, standing: 'unknown' as const } : at];
    }
    if (own === undefined)
      return [{ ...subject, identity: { ...subject.identity, endpoint: first } }];
    return matching.includes(own) ? [subject] : [];
  });
}

/** True if the catalog knows the host as another provider's: who is asked there is not whom the candidate names. */
function isAtAnother(view: CatalogView, provider: string | undefined, url: string): boolean {
  const { endpointsByHost, providerNames } = view.bundle.catalog;
  return visiblePlaced(view, endpointsByHost.get(hostOf(url))).some((endpoint) => {
    const owner = canonicalId(endpoint.provider);
    return (providerNames.get(owner) ?? owner) !== provider;
  });
}

function endpointsAt(view: CatalogView, provider: string, url: string): readonly string[] {
  const wanted = normaliseUrl(url);
  const ids = visiblePlaced(view, view.bundle.catalog.endpointsOf.get(provider))
    .filter(({ baseUrl }) => baseUrl !== undefined && normaliseUrl(baseUrl) === wanted)
    .map(({ id }) => canonicalId(id));
  return [...new Set(ids)];
}

const URL_PARTS = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)/i;

/** Scheme and host without case, no trailing slash; anything that is not plainly the same is another URL. */
function normaliseUrl(url: string): string {
  const parts = URL_PARTS.exec(url);
  if (parts?.[0].length !== url.length) return url;
  const [, scheme = '', host = '', path = ''] = parts;
  return `${scheme.toLowerCase()}://${host.toLowerCase()}${path.replace(/\/+$/, '')}`;
}

/**
 * Targets on that very credential, and those that leave theirs open, where there are some; else the same
 * targets under the candidate's own credential, which contractual claims do not reach (L13).
 */
function addCredential(
  subjects: readonly Subject[],
  credential: string | undefined,
): readonly Subject[] {
  if (credential === undefined) return subjects;
  const fitting = subjects.filter(
    ({ identity }) => (identity.credential ?? credential) === credential,
  );
  return (fitting.length > 0 ? fitting : subjects).map((subject) =>
    subject.target?.identity.credential === credential
      ? subject
      : { ...subject, identity: { ...subject.identity, credential } },
  );
}
