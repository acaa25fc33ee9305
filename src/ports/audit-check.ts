import type { AuditConfig } from './service-config';

/** What of the configuration of evidence names something outside of it: a directory, a key, or a sink by its name. */
export type AuditPart = 'directory' | 'privateKey' | 'previousKey' | { readonly sink: string };

/** Why what is named cannot be used, in words that hold nothing of it. */
export interface AuditProblem {
  readonly part: AuditPart;
  readonly problem: string;
}

/**
 * Reads every key, secret and authority that keeping evidence needs, and looks at the trail that is there. Nothing is
 * written or locked, so that it may be done beside the service itself. Empty: all can be used.
 */
export type CheckAudit = (config: AuditConfig) => Promise<readonly AuditProblem[]>;
