import type { CheckName, HealthCheck } from '../ports/health-check';
import type { AuditState } from '../ports/audit-state';
import type { BundleStore } from './bundle-store';
import type { Lifecycle } from './status';

/** The certificate of a listener. */
export interface CertificateState {
  readonly listener: string;
  readonly expiresAtMs: number;
  /** True if its files have changed since and cannot be used. */
  readonly isOutdated: boolean;
}

/** What readiness is read from, at the instant of asking. */
export interface ReadinessParts {
  readonly store: BundleStore;
  readonly lifecycle: Lifecycle;
  readonly nowMs: () => number;
  /** True once every listener is open. */
  readonly isListening: () => boolean;
  readonly certificates: () => readonly CertificateState[];
  /** True while lines of the log cannot be written. */
  readonly isLogFailing: () => boolean;
  /** Absent: no evidence is kept. */
  readonly audit?: () => AuditState;
}

/**
 * Reads whether decisions can be asked for. Failed means that every answer would be a block, or none would come;
 * what is wrong while decisions are still made is degraded, because another instance is likely to have it, too.
 */
export function readReadiness(parts: ReadinessParts): readonly HealthCheck[] {
  const { store, lifecycle, isListening, isLogFailing } = parts;
  return [
    failedIf('bundle', store.active() === undefined, 'no valid bundle has been loaded yet'),
    failedIf('listeners', !isListening(), 'not every listener is open yet'),
    failedIf('shutdown', lifecycle.isDraining(), 'the service is shutting down'),
    failedIf(
      'staleness',
      store.isStale(),
      'valid sources were read longer ago than `staleness` allows; every decision blocks',
    ),
    sourcesCheck(store),
    certificatesCheck(parts),
    degradedIf('log', isLogFailing(), 'lines of the log cannot be written and are lost'),
    auditCheck(parts.audit?.()),
  ];
}

function sourcesCheck(store: BundleStore): HealthCheck {
  const rejected = store.lastRejected();
  const errors = rejected?.findings.filter(({ severity }) => severity === 'error').length ?? 0;
  const serves =
    store.active() === undefined ? 'nothing is served' : 'the last good bundle decides';
  const reason = `the last reading was refused with ${counted(errors, 'error')}; ${serves}`;
  return degradedIf('sources', rejected !== undefined, reason);
}

function certificatesCheck({ certificates, nowMs }: ReadinessParts): HealthCheck {
  const all = certificates();
  const expired = all.filter(({ expiresAtMs }) => expiresAtMs <= nowMs()).length;
  if (expired > 0) {
    const reason = `the certificates of ${counted(expired, 'listener')} have expired`;
    return { name: 'certificates', state: 'degraded', reason };
  }
  const outdated = all.filter(({ isOutdated }) => isOutdated).length;
  const reason = `changed files of ${counted(outdated, 'listener')} cannot be used; the certificates before them stay`;
  return degradedIf('certificates', outdated > 0, reason);
}

/** Where answers wait for their evidence, there are none without it. */
function auditCheck(state: AuditState | undefined): HealthCheck {
  const isFailing = state?.problem !== undefined;
  return state?.mode === 'counted'
    ? degradedIf('audit', isFailing, 'evidence cannot be written; what is missing is counted')
    : failedIf('audit', isFailing, 'evidence cannot be written; every decision blocks');
}

function failedIf(name: CheckName, failed: boolean, reason: string): HealthCheck {
  return failed ? { name, state: 'failed', reason } : { name, state: 'ok' };
}

function degradedIf(name: CheckName, degraded: boolean, reason: string): HealthCheck {
  return degraded ? { name, state: 'degraded', reason } : { name, state: 'ok' };
}

function counted(count: number, thing: string): string {
  return `${String(count)} ${thing}${count === 1 ? '' : 's'}`;
}
