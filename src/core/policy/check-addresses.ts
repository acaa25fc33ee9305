import type { EndpointDeclaration } from '../model/catalog';
import type { Finding } from '../model/finding';
import type { PolicyDocument, PolicySet } from '../model/policy-set';
import type { SourcePosition } from '../model/source-position';
import { canonicalId } from './identifier';
import { setFinding } from './set-finding';

/**
 * A gateway of another system reaches a provider at an address that its file states. What a catalog says of a provider
 * counts at the catalog's addresses only (L13), so the two must know the same one.
 */
export function checkAddresses(set: PolicySet): readonly Finding[] {
  const documents = set.documents.map(({ document }) => document);
  return documents
    .filter(({ dialect }) => dialect !== 'native')
    .flatMap((document) =>
      document.endpoints.flatMap((endpoint) =>
        documents
          .filter(({ dialect }) => dialect !== document.dialect)
          .flatMap((other) => contradiction(endpoint, other)),
      ),
    );
}

function contradiction(endpoint: EndpointDeclaration, other: PolicyDocument): readonly Finding[] {
  const { provider, baseUrl = '', position } = endpoint;
  const at = declaredAt(other, canonicalId(provider));
  if (at === undefined || knowsAddress(other, provider, baseUrl)) return [];
  return [
    setFinding({
      severity: 'error',
      code: 'other_address',
      message: `provider \`${provider}\` is reached at \`${baseUrl}\`, which is no address of it in \`${other.file}\``,
      help: 'give what is there an id of its own, or declare the address as an endpoint of the provider',
      position,
      related: [{ position: at, message: `provider \`${provider}\` is declared here` }],
    }),
  ];
}

/** Where a file says something of the provider. */
function declaredAt(
  { providers, targets }: PolicyDocument,
  id: string,
): SourcePosition | undefined {
  const declared = providers.find((each) =>
    [each.id, ...each.aliases].some((name) => canonicalId(name) === id),
  );
  const target = targets.find((each) => canonicalId(each.provider) === id);
  return declared?.position ?? target?.position;
}

function knowsAddress({ endpoints }: PolicyDocument, provider: string, url: string): boolean {
  return endpoints.some(
    (each) =>
      canonicalId(each.provider) === canonicalId(provider) && bare(each.baseUrl) === bare(url),
  );
}

/** Slashes at the end say nothing. */
function bare(url: string | undefined): string | undefined {
  return url?.replace(/\/+$/u, '');
}
