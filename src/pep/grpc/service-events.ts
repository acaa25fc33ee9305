import type { SecurityEvents, ServedBundle } from '../../ports/security-events';
import type { BundleStore } from '../../service/bundle-store';
import type { Caller } from '../../service/caller-rights';
import type { ReloadEvent } from '../../service/reloader';
import type { CallFailure } from '../incoming';

/** Tells of a call that was refused because of who asks, or for whom; other refusals are no matter of security. */
export function tellRefusal(
  events: SecurityEvents | undefined,
  listener: string,
  { failure, caller }: { readonly failure: CallFailure; readonly caller: Caller | undefined },
): void {
  const { reason, certificateUris } = failure;
  if (reason !== 'identity' && reason !== 'rights') return;
  events?.tell({
    ...{ kind: 'caller_refused', reason, listener, caller: caller?.name ?? '' },
    ...(certificateUris === undefined ? {} : { certificateUris }),
  });
}

/** Tells what became of each reading of the sources, in the light of what decided before. */
export function createReloadEvents(
  events: SecurityEvents,
  store: BundleStore,
): (event: ReloadEvent) => void {
  let before: ServedBundle | undefined;
  return ({ outcome, loaded }) => {
    const active = store.active();
    const was = before === undefined ? {} : { before };
    before = active;
    if (outcome === 'unchanged') return;
    if (outcome !== 'activated') {
      const { findings } = loaded;
      const serves = active === undefined ? {} : { active };
      events.tell({ kind: 'bundle_refused', outcome, findings, ...serves });
    } else if (active !== undefined) {
      events.tell({ kind: 'bundle_activated', now: active, ...was });
    }
  };
}
