import type { Decision } from '../core/model/decision';
import type { ReasonCode } from '../core/model/reason';
import type { MinBundle, BundleRef } from '../ports/answer';

/** A block that comes from the service and not from a policy. */
export interface Refusal {
  readonly code: ReasonCode;
  readonly message: string;
  readonly httpStatus: number;
}

/** The service goes away. */
export const SHUTTING_DOWN: Refusal = {
  code: 'shutting_down',
  message: 'the policy service is shutting down, ask another instance',
  httpStatus: 503,
};

/** No valid bundle has been loaded yet. */
export const NOTHING_LOADED: Refusal = {
  code: 'policy_stale',
  message: 'no valid policy has been loaded yet',
  httpStatus: 503,
};

/** The sources could not be read for longer than the configured limit. */
export const STALE: Refusal = {
  code: 'policy_stale',
  message: 'the policy could not be read for longer than the configured limit',
  httpStatus: 503,
};

/** A complete block is in time where a decision might not be. */
export const DEADLINE_NEAR: Refusal = {
  code: 'deadline_exceeded',
  message: 'the deadline of the call is too near for a decision',
  httpStatus: 503,
};

/** Where every answer needs its record, one that cannot be recorded is not given. */
export const AUDIT_UNAVAILABLE: Refusal = {
  code: 'audit_unavailable',
  message: 'the decision could not be recorded, so it does not count',
  httpStatus: 503,
};

/** What holds changes faster than it can be recorded. */
export const OVERTAKEN: Refusal = {
  code: 'audit_unavailable',
  message:
    'the decision no longer held once it was recorded, again and again, so it does not count',
  httpStatus: 503,
};

/** A defect: nothing about it is shown to the caller. */
export const INTERNAL_ERROR: Refusal = {
  code: 'internal_error',
  message: 'the policy service failed to decide',
  httpStatus: 503,
};

const SERVICE_CODES: ReadonlySet<string> = new Set<ReasonCode>([
  'policy_stale',
  'bundle_too_old',
  'deadline_exceeded',
  'overloaded',
  'shutting_down',
  'audit_unavailable',
  'internal_error',
]);

/** True for the code of a block that comes from the state of the service, whatever its policy says. */
export function isServiceCode(code: string): boolean {
  return SERVICE_CODES.has(code);
}

/** True if the engine met a defect: it makes a block of every exception, so nothing else tells. */
export function hasFailed({ block }: Decision): boolean {
  return block?.code === INTERNAL_ERROR.code;
}

/** Why a bundle does not count for a caller that demands another one; undefined if it does. */
export function refuseOlder(
  active: BundleRef,
  demanded: MinBundle | undefined,
): Refusal | undefined {
  if (demanded === undefined) return undefined;
  switch (demanded.kind) {
    case 'revision':
      if (active.revision !== undefined && BigInt(active.revision) >= demanded.revision)
        return undefined;
      return tooOld(
        `revision ${String(demanded.revision)} is demanded, ${revisionOf(active)} is active`,
      );
    case 'digest':
      if (active.digest === demanded.digest) return undefined;
      return tooOld('another bundle than the demanded one is active');
  }
}

function revisionOf({ revision }: BundleRef): string {
  return revision === undefined ? 'a bundle without a revision' : `revision ${String(revision)}`;
}

function tooOld(message: string): Refusal {
  return { code: 'bundle_too_old', message, httpStatus: 503 };
}
