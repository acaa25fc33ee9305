import type { Logger } from 'pino';

import type { Finding } from '../../core/model/finding';
import type { BundleStore } from '../../service/bundle-store';
import type { ReloadEvent } from '../../service/reloader';

/** Findings that one record shows; GetStatus and `ambit lint` show all. */
const MAX_SHOWN = 20;

/** Says what became of a reading of the sources. */
export function logReload(log: Logger, store: BundleStore, { outcome, loaded }: ReloadEvent): void {
  const active = store.active();
  const consequence = active === undefined ? 'nothing is served yet' : 'the last good bundle stays';
  const kept = { digest: active?.bundle.digest, sequence: active?.sequence };
  switch (outcome) {
    case 'activated':
      log.info({ ...kept, files: loaded.sources.length }, 'bundle activated');
      return;
    case 'unchanged':
      log.debug(kept, 'bundle unchanged');
      return;
    case 'torn':
      log.warn(kept, `the sources keep changing while they are read; ${consequence}`);
      return;
    case 'rejected':
      log.error(
        { ...kept, findings: describe(loaded.findings) },
        `the sources are refused; ${consequence}`,
      );
  }
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
