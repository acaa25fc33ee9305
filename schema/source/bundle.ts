import { list, mapping, ref, set, whole, word, type Schema } from './json-schema';

/** A file that belongs to the set. */
export const INCLUDE: Schema = mapping(
  {
    file: ref('text', 'The path of the file, relative to this one.'),
    dialect: ref('name', 'The format of the file. Default: detected.'),
    scope: ref(
      'scope',
      'Binds the file: its targets and claims exist only where the scope matches. Default: all requests.',
    ),
  },
  { description: 'A file that belongs to the set.', required: ['file'] },
);

/** What the root of a set states. */
export const BUNDLE_SPEC: Schema = mapping({
  revision: whole(1, 'Raised by the operator; a request may demand at least one.'),
  default: word(
    ['block', 'allow'],
    'What becomes of a request to which no policy applies.',
    'block',
  ),
  tenants: set(
    ref('scope_value'),
    'The tenants that exist; another one blocks, and so does a request without a tenant. Default: those that policies name; if none does, all are served.',
  ),
  scope_values: ref(
    'declared_scope',
    'The values that scope keys may have; another one blocks the request. Default: those that policies name.',
  ),
  contact: ref(
    'contact',
    'Whom to ask about a block, one sentence, where its policy does not say.',
  ),
  include: list(INCLUDE, 'Files that belong to the set.'),
});
