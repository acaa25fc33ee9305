import type { Envelope } from './envelope';
import { readProvider, type CatalogPart } from './providers';
import { readTarget } from './targets';

/** A catalog that declares nothing. */
const NOTHING: CatalogPart = { providers: [], endpoints: [], credentials: [], targets: [] };

/** Reads the spec of a Catalog document. The result is complete only if nothing was reported. */
export function readCatalog({ spec }: Envelope): CatalogPart {
  const providers = (spec.list('providers') ?? []).flatMap((item) => readProvider(item) ?? []);
  const apart = (spec.list('targets') ?? []).flatMap((item) => readTarget(item) ?? []);
  spec.close();
  return joinParts([...providers, { ...NOTHING, targets: apart }]);
}

/** One catalog of several parts, in their order. */
export function joinParts(parts: readonly CatalogPart[]): CatalogPart {
  return {
    providers: parts.flatMap((part) => part.providers),
    endpoints: parts.flatMap((part) => part.endpoints),
    credentials: parts.flatMap((part) => part.credentials),
    targets: parts.flatMap((part) => part.targets),
  };
}
