import { TrailError } from '../../ports/trail-error';
import type { TrailReader } from '../../ports/trail-files';
import type { TrailCrypto } from '../../ports/trail-keys';

/** What was read of a file the first time. */
interface Seen {
  readonly bytes: number;
  readonly hash: string;
}

/**
 * A reader for what goes over a trail more than once: each time it shows the files, and the bytes of them, that were
 * there the first time. What a writer has added meanwhile is left out. Rejects where anything else was changed, so that
 * what is summed up is what was proven.
 */
export function createSteadyReader(reader: TrailReader, { sha256 }: TrailCrypto): TrailReader {
  const seen = new Map<string, Seen>();
  let names: Promise<readonly string[]> | undefined;
  return {
    ...reader,
    list: () => (names ??= reader.list()),
    read: async (name, maxBytes) => {
      const all = await reader.read(name, maxBytes);
      const known = seen.get(name);
      const bytes = all.subarray(0, known?.bytes);
      const hash = sha256(bytes);
      if (known !== undefined && known.hash !== hash) {
        throw new TrailError(`\`${name}\` was changed while the trail was read`);
      }
      seen.set(name, { bytes: bytes.length, hash });
      return bytes;
    },
  };
}
