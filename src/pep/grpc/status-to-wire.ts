import type { Finding } from '../../core/model/finding';
import type {
  Finding as WireFinding,
  GetStatusResponse,
  LoadedBundle,
  RejectedBundle,
} from '../../gen/ambit/v1/policy_service';
import type { ServiceStatus } from '../../service/status';
import { bundleRefToWire } from './answer-to-wire';
import { formatInstant } from './instants';
import { WIRE_SERVING_STATES, WIRE_SEVERITIES } from './wire-enums';

/** Findings of a rejected bundle that are shown: enough for every mistake of a person, and bounded. */
const MAX_FINDINGS = 256;

const MS_PER_SECOND = 1000;

/** The status of the service; `version` is Ambit's. */
export function statusToWire(status: ServiceStatus, version: string): GetStatusResponse {
  const { state, active, lastRejected, stale, ageMs } = status;
  return {
    state: WIRE_SERVING_STATES[state],
    active: active === undefined ? undefined : loadedToWire(active),
    lastRejected: lastRejected === undefined ? undefined : rejectedToWire(lastRejected),
    stale,
    ageSeconds: ageMs === undefined ? undefined : ageMs / MS_PER_SECOND,
    version,
  };
}

/**
 * The same for a caller of some tenants only: what is wrong in files of the others stands in texts, and whose they are
 * in paths. Codes and counts stay.
 */
export function withoutFiles(status: GetStatusResponse): GetStatusResponse {
  const { active, lastRejected } = status;
  return {
    ...status,
    active: active && { ...active, files: [] },
    lastRejected: lastRejected && {
      ...lastRejected,
      findings: lastRejected.findings.map(({ severity, code }) => ({
        file: '',
        line: 0,
        column: 0,
        severity,
        code,
        message: '',
        help: undefined,
      })),
    },
  };
}

function loadedToWire(active: NonNullable<ServiceStatus['active']>): LoadedBundle {
  const { policies, catalog } = active.bundle;
  return {
    bundle: bundleRefToWire(active.reference),
    loadedAt: formatInstant(active.loadedAtMs),
    policyCount: policies.length,
    targetCount: catalog.targets.length,
    files: active.files,
  };
}

function rejectedToWire(rejected: NonNullable<ServiceStatus['lastRejected']>): RejectedBundle {
  const shown = rejected.findings.slice(0, MAX_FINDINGS);
  return {
    rejectedAt: formatInstant(rejected.rejectedAtMs),
    findings: shown.map(findingToWire),
    findingsOmitted: rejected.findings.length - shown.length,
  };
}

function findingToWire({ position, severity, code, message, help }: Finding): WireFinding {
  return { ...position, severity: WIRE_SEVERITIES[severity], code, message, help };
}
