import type { PolicySource, SourceWatch } from '../ports/policy-source';
import type { BundleStore, OfferOutcome } from './bundle-store';
import { loadPolicies } from './policy-loader';
import type { LoadedPolicies, LoaderDependencies } from './policy-loader';

/** Readings of a set that changes while it is read, before the next tick of the watch tries again. */
const MAX_READINGS = 5;

/** What became of one attempt; `torn`: the sources kept changing while they were read. */
export interface ReloadEvent {
  readonly outcome: OfferOutcome | 'torn';
  readonly loaded: LoadedPolicies;
}

/** What reloading needs. */
export interface ReloaderParts extends Omit<LoaderDependencies, 'reader'> {
  readonly source: PolicySource;
  readonly store: BundleStore;
  readonly onReload: (event: ReloadEvent) => void;
  /** Told of exceptions, which are defects; the last good bundle stays. */
  readonly onDefect: (error: unknown) => void;
}

/** Keeps the store at what the sources say. */
export interface Reloader {
  /** Loads once. */
  reload(): Promise<ReloadEvent>;
  /** Loads whenever the sources change. */
  watch(): SourceWatch;
}

/** Creates a reloader. A set is offered to the store only if it was read whole. */
export function createReloader(parts: ReloaderParts): Reloader {
  const reload = async (): Promise<ReloadEvent> => {
    const event = await loadWhole(parts);
    parts.onReload(event);
    return event;
  };
  return {
    reload,
    watch: () =>
      parts.source.watch({
        onChange: async () => {
          try {
            await reload();
          } catch (error) {
            // The watch must go on, and the last good bundle with it.
            parts.onDefect(error);
          }
        },
        onUnchanged: () => {
          try {
            parts.store.confirm();
            parts.store.prepare();
          } catch (error) {
            parts.onDefect(error);
          }
        },
      }),
  };
}

async function loadWhole(parts: ReloaderParts): Promise<ReloadEvent> {
  for (let reading = 1; ; reading += 1) {
    const { reader, isWhole } = parts.source.open();
    const loaded = await loadPolicies({ ...parts, reader });
    if (await isWhole()) return { outcome: parts.store.offer(loaded), loaded };
    if (reading === MAX_READINGS) return { outcome: 'torn', loaded };
  }
}
