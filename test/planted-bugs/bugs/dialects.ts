import { bug, type PlantedBug } from './planted-bug';

/** What dialects add to the rules: their names for providers, and policies for some authors' models. */
export const DIALECTS: readonly PlantedBug[] = [
  bug(
    'L12',
    'an allow entry takes the meaning of any dialect',
    'engine/catalog-view.ts',
    'const id = bundle.catalog.dialectNames.byDialect.get(dialect)?.get(canonicalId(name));',
    'const id = dialect === undefined ? undefined : bundle.catalog.dialectNames.agreed.get(canonicalId(name));',
  ),
  bug(
    'L12',
    'an allow entry names what its policy cannot see',
    'engine/catalog-view.ts',
    'return placedInSight(view, bundle.catalog.providers.get(id), sight).length > 0 ? id : declared;',
    'return id;',
  ),
  bug(
    'L12',
    'a ban does not hold for what another dialect calls so',
    'engine/provider-tables.ts',
    'const known = meant.flatMap((each) => inDialects.get(each) ?? []);',
    'const known = meant.slice(0, 0);',
  ),
  bug(
    'L12',
    'where dialects differ, the first one is believed',
    'engine/provider-tables.ts',
    'if (ids.size === 1 && only !== undefined)',
    'if (only !== undefined)',
  ),
  bug(
    'L12',
    'a table wins over what a file declares',
    'engine/provider-tables.ts',
    'if (id === undefined || declared.has(name)) continue;',
    'if (id === undefined) continue;',
  ),
  bug(
    'L7',
    'a name that only dialects know pins nothing',
    'engine/requested-models.ts',
    'providerNames.has(canonicalId(name)) || dialectNames.known.has(canonicalId(name));',
    'providerNames.has(canonicalId(name)) && dialectNames !== undefined;',
  ),
  bug(
    'L1',
    'a target that names no author is nobody`s',
    'engine/model-authors.ts',
    'if (authors.length === 0 || authors.includes(IN_DOUBT)) return true;',
    'if (authors.length === 0) return false;',
  ),
  bug(
    'L12',
    'an author in another case is another one',
    'engine/model-authors.ts',
    'const selected = only?.map(foldedId);',
    'const selected = only?.map(canonicalId);',
  ),
  bug(
    'L3',
    'one author that is left out spares the others',
    'engine/model-authors.ts',
    '!authors.every((author) => spared',
    '!authors.some((author) => spared',
  ),
  bug(
    'section 4',
    'any file says whose model a target is',
    'engine/model-authors.ts',
    'const served = placedInSight(view, target?.declarations, sight).flatMap(\n    ({ serves }) => serves ?? [],\n  );',
    'const served = (target?.declarations ?? []).flatMap(({ declaration: { serves } }) => [view, sight].length > 0 ? (serves ?? []) : []);',
  ),
];
