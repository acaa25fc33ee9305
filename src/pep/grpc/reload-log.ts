import type { Logger } from 'pino';

import type { Finding } from '../../core/model/finding';
import type { BundleStore } from '../../service/bundle-store';
import type { ReloadEvent } from '../../service/reloader';

/** Findings or files that one record shows; GetStatus and `ambit lint` show all. */
const MAX_SHOWN = 20;

/** Says what became of each reading of the sources, in the light of the reading before it. */
export function createReloadLog(log: Logger, store: BundleStore): (event: ReloadEvent) => void {
  let files: readonly string[] = [];
  let refused = false;
  return (event) => {
    const wasRefused = refused;
    refused = event.outcome === 'rejected' || event.outcome === 'torn';
    const before = files;
    files = store.active()?.files ?? [];
    if (event.outcome === 'activated') logActivated(log, store, before);
    else if (event.outcome === 'unchanged') logUnchanged(log, store, wasRefused);
    else logRefused(log, store, event);
  };
}

function idOf(store: BundleStore): object {
  const active = store.active();
  return { digest: active?.bundle.digest, sequence: active?.sequence };
}

// Files that are gone may have held restrictions, and a directory cannot tell that they are missed.
function logActivated(log: Logger, store: BundleStore, before: readonly string[]): void {
  const now = store.active()?.files ?? [];
  const gone = before.filter((name) => !now.includes(name));
  const record = { ...idOf(store), files: now.length };
  if (gone.length === 0) {
    log.info(record, 'bundle activated');
    return;
  }
  const removed = gone.slice(0, MAX_SHOWN);
  const message = 'bundle activated without files that the one before had';
  log.warn({ ...record, removed, removedCount: gone.length }, message);
}

function logUnchanged(log: Logger, store: BundleStore, wasRefused: boolean): void {
  if (wasRefused) log.info(idOf(store), 'the sources are valid again; the bundle stays');
  else log.debug(idOf(store), 'bundle unchanged');
}

function logRefused(log: Logger, store: BundleStore, { outcome, loaded }: ReloadEvent): void {
  const consequence =
    store.active() === undefined ? 'nothing is served yet' : 'the last good bundle stays';
  if (outcome === 'torn') {
    log.warn(idOf(store), `the sources keep changing while they are read; ${consequence}`);
    return;
  }
  const record = { ...idOf(store), findings: describe(loaded.findings) };
  log.error(record, `the sources are refused; ${consequence}`);
}

function describe(findings: readonly Finding[]): readonly string[] {
  return findings
    .filter(({ severity }) => severity === 'error')
    .slice(0, MAX_SHOWN)
    .map(({ position, code, message }) => {
      const { file, line, column } = position;
      return `${file}:${String(line)}:${String(column)} ${code}: ${message}`;
    });
}
