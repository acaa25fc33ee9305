import type { PolicySet } from '../../core/model/policy-set';
import type { SecurityEvents, Staleness } from '../../ports/security-events';
import type { ServiceAudit } from '../../ports/service-audit';
import type { AuditConfig, ServiceConfig } from '../../ports/service-config';
import type { SinkReports } from '../../ports/sink-reports';
import type { BundleArchive } from '../bundles/store-bundle';
import type { AuditReports } from './run-audit';

/** Evidence that is ready to be kept. */
export interface OpenedAudit {
  readonly audit: ServiceAudit;
  /** The short name of the key that signs. */
  readonly keyId: string;
  /** To be told of every bundle before it decides. */
  readonly archive: BundleArchive;
  /** To be told of what happens beside decisions; it stands in the same trail. */
  readonly events: SecurityEvents;
  /** Keeps records for as long as this set and the configuration ask. Resolves to why that cannot be promised, if so. */
  promiseFor(set: PolicySet): Promise<string | undefined>;
}

/** A configuration that asks for evidence. */
export type AuditedConfig = ServiceConfig & { readonly audit: AuditConfig };

/** What the service has to do with its evidence. */
export interface AuditSurroundings {
  readonly reports: AuditReports;
  readonly sinkReports: SinkReports;
  /** How stale the policies are; undefined: they are not. */
  readonly staleness: () => Staleness | undefined;
  /** Told of exceptions, which are defects. */
  readonly onDefect: (error: unknown) => void;
}

/** Opens what the configuration names, for one service. `problem` tells why it cannot be, and holds no secret. */
export type OpenAudit = (
  config: AuditedConfig,
  surroundings: AuditSurroundings,
) => Promise<{ readonly opened: OpenedAudit } | { readonly problem: string }>;
