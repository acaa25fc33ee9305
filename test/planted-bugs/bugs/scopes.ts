import { bug, type PlantedBug } from './planted-bug';

/** L3, L10 and the trust of section 4: whom a policy, a file and a claim are for. */
export const SCOPES: readonly PlantedBug[] = [
  bug(
    'L3',
    'scope miss: a policy whose key the request lacks does not restrict',
    'policy/scope-match.ts',
    "if (value === undefined) result = 'restricts';",
    "if (value === undefined) return 'no';",
  ),
  bug(
    'L3',
    'scope miss: one key that matches is enough',
    'policy/scope-match.ts',
    "else if (!holdsValue(values, value)) return 'no';",
    "else if (!holdsValue(values, value) && scope.size < 2) return 'no';",
  ),
  bug(
    'L3',
    'scope miss: the binding of a file does not bind its policies',
    'engine/compile.ts',
    'binding === undefined ? policy.scope : intersectScopes(policy.scope, binding)',
    'policy.scope',
  ),
  bug(
    'L3',
    'a value that nobody declares is let through',
    'engine/scope-class.ts',
    'return value !== undefined && !holdsValue(values, value);',
    'return false;',
  ),
  bug(
    'L3',
    'the narrowest policy’s lists replace those of wider ones',
    'engine/judge-subject.ts',
    '...[...groups.enforce, ...groups.warn].flatMap(lists),',
    '...[...groups.enforce, ...groups.warn].filter(({ policy }) => policy.lists.length > 0).slice(-1).flatMap(lists),',
  ),
  bug(
    'L3',
    'cross product: an entry’s model counts for every provider',
    'policy/target-pattern.ts',
    'matchesProvider(pattern.provider, target.provider, form, providersOf) &&',
    '(pattern.model !== undefined || matchesProvider(pattern.provider, target.provider, form, providersOf)) &&',
  ),
  bug(
    'L10',
    'a policy whose key is missing counts',
    'engine/scope-class.ts',
    "counts: match === 'counts'",
    'counts: true',
  ),
  bug(
    'L10',
    'a shadow policy counts',
    'engine/scope-class.ts',
    "counts && bound.policy.mode !== 'shadow'",
    'counts',
  ),
  bug(
    'section 4',
    'a bound file’s claims satisfy the policies of others',
    'engine/catalog-view.ts',
    'return document === sight || view.bundle.set.documents[document]?.binding === undefined;',
    'return true;',
  ),
  bug(
    'section 4',
    'inline claims are judged instead of the catalog’s',
    'engine/judge-requirements.ts',
    '? [own, evaluateRule(rule, inline)]',
    '? [evaluateRule(rule, inline)]',
  ),
];
