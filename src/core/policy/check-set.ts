import type { Finding } from '../model/finding';
import type { PolicySet } from '../model/policy-set';
import { checkAddresses } from './check-addresses';
import { checkDenyEntries } from './check-deny-entries';
import { checkIdentities } from './check-identities';
import { checkReferences } from './check-references';
import { checkScopes } from './check-scopes';

/** What only all files together can show to be wrong. An error makes the whole set unusable. */
export function checkSet(set: PolicySet): readonly Finding[] {
  return [checkIdentities, checkReferences, checkAddresses, checkDenyEntries, checkScopes].flatMap(
    (check) => check(set),
  );
}
