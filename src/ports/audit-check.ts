import type { AuditConfig } from './service-config';

/** What of the configuration of evidence names a file or a variable: a key, or a sink by its name. */
export type AuditPart = 'privateKey' | 'previousKey' | { readonly sink: string };

/** Why what is named cannot be used, in words that hold nothing of it. */
export interface AuditProblem {
  readonly part: AuditPart;
  readonly problem: string;
}

/** Reads every key, secret and authority that keeping evidence needs, and opens nothing. Empty: all can be used. */
export type CheckAudit = (config: AuditConfig) => Promise<readonly AuditProblem[]>;
