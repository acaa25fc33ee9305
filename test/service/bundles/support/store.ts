import { digestOf } from '../../../../src/platform/digest';
import type { PolicyRoot } from '../../../../src/ports/service-config';
import {
  STORED_BUNDLE_FORMAT,
  type StoredBundle,
  type StoredExpansion,
} from '../../../../src/service/bundles/stored-bundle';
import { loadPolicies } from '../../../../src/service/policy-loader';
import type { FileReader } from '../../../../src/ports/file-reader';
import { DIALECTS } from '../../../support/dialects';

/** What the service would store of the roots, as they load now; fails where they do not. */
export async function storedFrom(
  reader: FileReader,
  roots: readonly PolicyRoot[],
): Promise<StoredBundle> {
  const expansions: Record<string, StoredExpansion> = {};
  const noting: FileReader = {
    ...reader,
    expand: async (path) => {
      const expansion = await reader.expand(path);
      if ('paths' in expansion) expansions[path] = expansion;
      return expansion;
    },
  };
  const loaded = await loadPolicies({ roots, reader: noting, dialects: DIALECTS, digestOf });
  if (loaded.bundle === undefined) throw new Error(JSON.stringify(loaded.findings));
  const { digest } = loaded.bundle;
  return { format: STORED_BUNDLE_FORMAT, digest, roots, files: loaded.sources, expansions };
}
