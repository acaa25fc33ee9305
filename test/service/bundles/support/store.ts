import { digestOf } from '../../../../src/platform/digest';
import type { FileReader } from '../../../../src/ports/file-reader';
import type { PolicyRoot } from '../../../../src/ports/service-config';
import { storedBundleOf } from '../../../../src/service/bundles/store-bundle';
import type { StoredBundle } from '../../../../src/service/bundles/stored-bundle';
import { loadPolicies } from '../../../../src/service/policy-loader';
import { DIALECTS } from '../../../support/dialects';

/** What the service stores of the roots, as they load now; fails where they do not. */
export async function storedFrom(
  reader: FileReader,
  roots: readonly PolicyRoot[],
): Promise<StoredBundle> {
  const loaded = await loadPolicies({ roots, reader, dialects: DIALECTS, digestOf });
  const stored = storedBundleOf(loaded, { roots });
  if (stored === undefined) throw new Error(JSON.stringify(loaded.findings));
  return stored;
}
