import { freeMapping, ref, set, type Definitions, type Schema } from './json-schema';

const VALUES: Schema = {
  description: 'A value, a list of values, or `any`.',
  if: { type: 'array' },
  then: set(ref('scope_value'), 'The values that are meant.'),
  else: ref('scope_value_or_any'),
};

/** Keys of a scope, without some that have a place of their own. */
export function ownScopeKeys(...others: readonly string[]): Schema {
  return { allOf: [ref('scope_key')], ...(others.length === 0 ? {} : { not: { enum: others } }) };
}

/**
 * Scopes, and the values that scope keys may have. `taken` are the keys that stand beside a scope: inside of it they
 * would be there by a slip of the indentation.
 */
export function scopes(taken: readonly string[]): Definitions {
  return {
    scope_key: {
      allOf: [ref('free_key')],
      description:
        'A scope key: usually `tenant`, `team`, `gateway`, `environment`, `user_group`, `key` or `data_class`.',
      not: { enum: taken },
    },
    scope: freeMapping(ref('scope_key'), ref('scope_values'), 'Requests that match every key.'),
    declared_scope: freeMapping(
      ownScopeKeys('tenant'),
      ref('scope_values'),
      'The values that scope keys may have; another one blocks the request. Tenants are named in `tenants`.',
    ),
    scope_values: VALUES,
  };
}
