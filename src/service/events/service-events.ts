import type { AccessChange, NotKnown } from '../../ports/compare-bundles';
import type {
  BundleRefused,
  CallerRefused,
  SecurityEvent,
  ServedBundle,
  Staleness,
  TrailDamaged,
} from '../../ports/security-events';
import { bounded, fitText } from './bounded';
import { makeEvent } from './make-event';

/** Files, findings and addresses that an event names. */
const MAX_NAMED = 50;

/** What tells an event from all others, and when it was. */
export interface Mark {
  readonly uid: string;
  readonly timeMs: number;
}

/** Calls of one caller that were refused for one reason, at one listener. Milliseconds since the epoch. */
export interface FoldedRefusals extends CallerRefused {
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** The event of refused calls. Nothing of what was asked is in it: that is nobody's who may ask. */
export function callerRefused(refused: FoldedRefusals, mark: Mark): SecurityEvent {
  const { caller, reason, listener, count, firstMs, lastMs, certificateUris = [] } = refused;
  const name = caller === '' ? '(unknown)' : fitText(caller);
  const who = caller === '' ? 'an unknown caller' : `\`${name}\``;
  const calls = count === 1 ? 'a call' : `${String(count)} calls`;
  const why = reason === 'rights' ? 'it claims what it may not' : 'nobody knows who asks';
  const event = makeEvent({
    ...{ kind: 'caller_refused', ...mark, severity: reason === 'rights' ? 'high' : 'medium' },
    message: `${calls} of ${who} refused: ${why}`,
    details: {
      ...{ status_detail: reason, actor: { app_name: name }, api: { operation: 'decide' } },
      ...{ src_endpoint: { name }, dst_endpoint: { name: fitText(listener) } },
      ...(certificateUris.length === 0
        ? {}
        : { unmapped: { certificate_uris: shownTexts(certificateUris) } }),
    },
  });
  return { ...event, count, start_time: firstMs, end_time: lastMs };
}

/** What an event says of a bundle that decides; the bundle itself would be kept in memory until the event is made. */
export interface BundleName {
  readonly digest: string;
  /** Counts the bundles that this process has activated, from 1. */
  readonly sequence: number;
  readonly files: readonly string[];
}

/** Names a bundle. */
export function nameOf({ bundle: { digest }, sequence, files }: ServedBundle): BundleName {
  return { digest, sequence, files };
}

/** A bundle that decides from now on. */
export interface Activation {
  readonly now: BundleName;
  /** Absent: nothing decided before. */
  readonly before?: BundleName;
  readonly access: AccessChange;
}

/** The event of a bundle that decides from now on, with who gains and who loses what. */
export function bundleActivated({ now, before, access }: Activation, mark: Mark): SecurityEvent {
  const gone = (before?.files ?? []).filter((file) => !now.files.includes(file));
  const isQuiet = before === undefined || (access.known && !access.wider && gone.length === 0);
  return makeEvent({
    ...{ kind: 'bundle_activated', ...mark, severity: isQuiet ? 'informational' : 'medium' },
    message: `bundle ${now.digest} decides from now on: ${accessText(access)}${goneText(gone)}`,
    details: {
      entity: { ...entityOf(now), data: { files: shownTexts(now.files), access } },
      unmapped: {
        sequence: now.sequence,
        ...(before === undefined ? {} : { previous_digest: before.digest }),
        ...(gone.length === 0 ? {} : { removed_files: shownTexts(gone) }),
      },
    },
  });
}

/** The event of sources that were refused. Places and codes only: messages quote what stands in files. */
export function bundleRefused(
  { outcome, findings, active }: BundleRefused,
  mark: Mark,
): SecurityEvent {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const found = bounded(errors, MAX_NAMED).shown.map(({ code, position }) => {
    const { file, line, column } = position;
    return { code, file: fitText(file), line, column };
  });
  const why = outcome === 'torn' ? 'they keep changing while they are read' : 'they have errors';
  const then = active === undefined ? 'nothing is served' : 'the last good bundle stays';
  return makeEvent({
    ...{ kind: 'bundle_refused', ...mark, severity: active === undefined ? 'high' : 'medium' },
    message: `the policy files are refused, ${why}; ${then}`,
    details: {
      status_detail: outcome,
      entity: { name: 'policies', type_id: 99, type: 'Policy bundle', data: { errors: found } },
      unmapped: {
        errors: errors.length,
        ...(active === undefined ? {} : { active_digest: active.bundle.digest }),
      },
    },
  });
}

/** The event of policies that are too old. */
export function policyStale({ ageMs, maxAgeMs, digest }: Staleness, mark: Mark): SecurityEvent {
  return makeEvent({
    ...{ kind: 'policy_stale', ...mark, severity: 'high' },
    message: `no valid policy files were read for ${String(ageMs)} ms, ${String(maxAgeMs)} ms are allowed: everything is blocked`,
    details: {
      ...(digest === undefined ? {} : { policy: { name: 'policies', version: digest } }),
      unmapped: { age_ms: ageMs, max_age_ms: maxAgeMs },
    },
  });
}

/** The event of a trail that was changed. */
export function trailDamaged(
  { code, file, line, sequence }: Omit<TrailDamaged, 'kind'>,
  mark: Mark,
): SecurityEvent {
  const name = fitText(file);
  // Line 0 stands for the whole file.
  const at = line === 0 ? '' : `, line ${String(line)}`;
  return makeEvent({
    ...{ kind: 'trail_damaged', ...mark, severity: 'critical' },
    message: `the trail is damaged at \`${name}\`${at} (${code})`,
    details: {
      status_detail: code,
      resources: [{ name, type: 'trail' }],
      unmapped: { code, line, sequence },
    },
  });
}

/** The event of events that could not be recorded, by kind. */
export function eventsLost(counts: Readonly<Record<string, number>>, mark: Mark): SecurityEvent {
  const total = Object.values(counts).reduce((sum, each) => sum + each, 0);
  const event = makeEvent({
    ...{ kind: 'events_lost', ...mark, severity: 'high' },
    message: `events that were not recorded: ${String(total)}`,
    details: { unmapped: { counts } },
  });
  return { ...event, count: total };
}

function entityOf({ digest }: BundleName) {
  return { name: 'policies', uid: digest, type_id: 99, type: 'Policy bundle', version: digest };
}

/** Why nobody knows, in words. */
const NOT_KNOWN: Readonly<Record<NotKnown, string>> = {
  first_bundle: 'it is the first',
  too_large_to_compare: 'it is too large to say who gains what',
  not_compared: 'nobody has compared who gains what',
};

function accessText(access: AccessChange): string {
  if (!access.known) return NOT_KNOWN[access.why];
  const { wider, narrower } = access;
  if (wider) return narrower ? 'some gain targets and some lose them' : 'some gain targets';
  return narrower ? 'some lose targets' : 'nobody is known to gain or lose a target';
}

function goneText(gone: readonly string[]): string {
  return gone.length === 0 ? '' : `; files are gone: ${String(gone.length)}`;
}

function shownTexts(texts: readonly string[]): readonly string[] {
  return bounded(texts, MAX_NAMED).shown.map(fitText);
}
