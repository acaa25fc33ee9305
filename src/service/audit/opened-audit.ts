import type { PolicySet } from '../../core/model/policy-set';
import type { ServiceAudit } from '../../ports/service-audit';
import type { AuditConfig, ServiceConfig } from '../../ports/service-config';
import type { BundleArchive } from '../bundles/store-bundle';
import type { AuditReports } from './run-audit';

/** Evidence that is ready to be kept. */
export interface OpenedAudit {
  readonly audit: ServiceAudit;
  /** To be told of every bundle before it decides. */
  readonly archive: BundleArchive;
  /** Keeps records for as long as this set and the configuration ask. Resolves to why that cannot be promised, if so. */
  promiseFor(set: PolicySet): Promise<string | undefined>;
  /** Adds a record of another kind than decisions. Rejects where it is not on the disk. */
  append(recordJson: string): Promise<unknown>;
}

/** A configuration that asks for evidence. */
export type AuditedConfig = ServiceConfig & { readonly audit: AuditConfig };

/** Opens what the configuration names, for one service. `problem` tells why it cannot be, and holds no secret. */
export type OpenAudit = (
  config: AuditedConfig,
  reports: AuditReports,
) => Promise<{ readonly opened: OpenedAudit } | { readonly problem: string }>;
