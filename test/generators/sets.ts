import type { BoundDocument, BundleSettings, PolicySet } from '../../src/core/model/policy-set';
import type { Policy } from '../../src/core/model/policy';
import { PROVIDER_TABLES, SCOPE_VALUES } from './alphabet';
import { catalog, overlay } from './catalogs';
import type { Catalog } from './catalogs';
import { dialectDocument } from './dialect-files';
import { policy, scope } from './policies';
import { chance, maybe, pick, subset } from './source';
import type { Source } from './source';

/** Dialects that generated files are of; what they call providers differs. */
const DIALECTS = ['native', 'native', 'native', 'vercel', 'ngrok', 'openrouter'] as const;

/** A file of its own. */
function boundDocument(
  file: string,
  dialect: string,
  declared: Catalog,
  policies: readonly Policy[],
): BoundDocument {
  return { document: { file, dialect, ...declared, policies } };
}

function settings(source: Source): BundleSettings {
  return {
    name: 'generated',
    whenNoPolicyApplies: chance(source, 40) ? 'allow' : 'block',
    ...maybe(source, 8, () => ({ tenants: SCOPE_VALUES['tenant'] ?? [] })),
    scopeValues: new Map(
      subset(source, ['team', 'environment'], 10).map((key) => [key, SCOPE_VALUES[key] ?? []]),
    ),
  };
}

const policies = (source: Source, prefix: string, most: number): readonly Policy[] =>
  Array.from({ length: source.below(most + 1) }, (_, i) => policy(source, `${prefix}${String(i)}`));

/** A further file: bound or not, about the same catalog, with targets and policies of its own. */
export function furtherDocument(source: Source, name: string, base: Catalog): BoundDocument {
  const declared = overlay(source, base, [`${name}-t1`, `${name}-t2`]);
  const plain = boundDocument(
    `${name}.yaml`,
    pick(source, DIALECTS),
    declared,
    policies(source, `${name}-p`, 2),
  );
  const binding = chance(source, 65) ? scope(source, 35) : new Map();
  return binding.size > 0 ? { ...plain, binding } : plain;
}

/** A file of another system's, bound or not, about the same world. */
function foreignDocument(source: Source, name: string): BoundDocument {
  const document = dialectDocument(source, name);
  const binding = chance(source, 30) ? scope(source, 35) : new Map();
  return binding.size > 0 ? { document, binding } : { document };
}

const EMPTY: Catalog = { providers: [], endpoints: [], credentials: [], targets: [] };

/** A policy set of one to four files; the first is unbound and holds most of the catalog, the last is of any dialect. */
export function policySet(source: Source): PolicySet {
  const ids = ['t1', 't2', 't3', 't4'].slice(0, 1 + source.below(4));
  const declared = catalog(source, ids);
  const first = boundDocument('base.yaml', 'native', declared, policies(source, 'p', 3));
  const further = Array.from({ length: source.below(3) }, (_, i) =>
    furtherDocument(source, pick(source, [['x'], ['y']][i] ?? ['z']), declared),
  );
  const foreign = chance(source, 35) ? [foreignDocument(source, 'd1')] : [];
  const empty = chance(source, 5) ? [boundDocument('empty.yaml', 'native', EMPTY, [])] : [];
  return {
    settings: settings(source),
    documents: [first, ...further, ...foreign, ...empty],
    ...maybe(source, 40, () => ({ providerTables: PROVIDER_TABLES })),
  };
}
