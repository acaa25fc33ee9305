import type { FileReader } from '../ports/file-reader';
import type { PolicySource, SourceWatch } from '../ports/policy-source';
import type { BundleStore, OfferOutcome } from './bundle-store';
import { errorAt, wholeFile } from './load-finding';
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
  /** Told of what was read whole, before it can decide. */
  readonly onLoaded: (loaded: LoadedPolicies) => void;
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
    const attempt = parts.source.open();
    const loaded = await loadSafely(parts, attempt.reader);
    if (await attempt.isWhole()) return offer(parts, loaded);
    if (reading === MAX_READINGS) return { outcome: 'torn', loaded };
  }
}

async function loadSafely(parts: ReloaderParts, reader: FileReader): Promise<LoadedPolicies> {
  try {
    return await loadPolicies({ ...parts, reader });
  } catch (error) {
    parts.onDefect(error);
    return defective(parts);
  }
}

/** A set that cannot even judge its own catalog is refused like one that is wrong. */
function offer(parts: ReloaderParts, loaded: LoadedPolicies): ReloadEvent {
  const { store } = parts;
  try {
    parts.onLoaded(loaded);
    return { outcome: store.offer(loaded), loaded };
  } catch (error) {
    parts.onDefect(error);
    const refused = defective(parts);
    return { outcome: store.offer(refused), loaded: refused };
  }
}

/** Stands for sources on which loading itself failed, so that the failure shows wherever rejections do. */
function defective({ roots }: ReloaderParts): LoadedPolicies {
  const message = 'loading failed on a defect of Ambit; the log names it';
  const findings = roots.map(({ path }) => errorAt(wholeFile(path), 'internal_error', message));
  return { tests: [], findings, sources: [], expansions: {} };
}
