import type { BlockStatus, Scope } from '../core/model/policy';
import type { CallerTraits, ModelIdStyle } from '../core/model/request';
import type { ClientPreferenceRules } from './client-preferences';
import type { SecretReference } from './secret-reference';
import type { ServiceLimits } from './service-limits';
import type { SinkSettings } from './sink-settings';

/** A path to load policies from, and the dialect of its files if they are not to be detected. */
export interface PolicyRoot {
  readonly path: string;
  readonly dialect?: string;
}

/** Levels of the service's log, the most talkative first. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** A level of the service's log. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Which decisions are recorded: those of policies that want it (`log_provider_selection`) and those that warn, or all. */
export const RECORDED_DECISIONS = ['policies', 'all'] as const;

/** Which decisions are recorded. */
export type RecordedDecisions = (typeof RECORDED_DECISIONS)[number];

/** How a listener speaks TLS. Files are read again whenever they change. */
export interface TlsConfig {
  /** The path of a PEM file: the certificate first, then its chain. */
  readonly certificateFile: string;
  readonly privateKey: SecretReference;
  /** The path of a PEM file. Given: clients must show a certificate of one of these authorities (mTLS). */
  readonly clientCaFile?: string;
}

/** The parts of a listener's TLS, each with a problem of its own. */
export type TlsPart = 'certificate' | 'privateKey' | 'clientCa';

/** An address that the service listens on, and who asks there. */
export interface ListenerConfig {
  /** `HOST:PORT` or `unix:/PATH`; port 0 takes a free one. */
  readonly address: string;
  /** Absent: plaintext. */
  readonly tls?: TlsConfig;
  /** The name of the caller that everyone on this listener is. Absent: certificates tell, or there are no callers. */
  readonly caller?: string;
  /** Allows plaintext on an address beyond loopback. */
  readonly insecure: boolean;
}

/** Who may ask, and for whom (design, section 4). */
export interface CallerConfig {
  readonly name: string;
  /** URI SANs of client certificates that are this caller's; compared exactly. */
  readonly certificateUris: readonly string[];
  /** The tenants that it may claim. */
  readonly tenants: readonly string[] | 'any';
  /** The values that it may claim for each scope key; a key that is not named may not be claimed. */
  readonly scopes: Scope | 'any';
  /** How it means `x/` before a model (L7). `auto`: as the bundle tells, or as the request says. */
  readonly modelIdStyle: ModelIdStyle;
  readonly traits: CallerTraits;
}

/** Whether an answer waits for its evidence, or what is missing is counted. */
export const AUDIT_MODES = ['strict', 'counted'] as const;

/** A way of keeping evidence. */
export type AuditMode = (typeof AUDIT_MODES)[number];

/** How evidence of decisions is kept. */
export interface AuditConfig {
  /** Where the trail is; made where it is missing. */
  readonly directory: string;
  readonly mode: AuditMode;
  /** The Ed25519 key that signs, in PEM. */
  readonly privateKey: SecretReference;
  /** The key before it, which signs that the other one follows. */
  readonly previousKey?: SecretReference;
  /** Records that may wait for the disk; for `counted` only. */
  readonly queue: number;
  /** Records are kept so long at least, and then removed. Absent: policies say it, or nothing is removed. */
  readonly retentionDays?: number;
  /** True: nobody may shorten that. */
  readonly immutable: boolean;
  /** Names of request attributes whose values may be recorded. */
  readonly attributes: readonly string[];
  /** `all`: every decision, whatever policies say. */
  readonly decisions: RecordedDecisions;
  /** Where the trail's lines are sent besides. */
  readonly sinks: readonly SinkSettings[];
}

/** Where traces are sent. */
export interface TracingConfig {
  /** The URL of an OTLP receiver, mostly with the path `/v1/traces`. */
  readonly endpoint: string;
  /** Headers by their names, whose values are secrets. */
  readonly headers: Readonly<Record<string, SecretReference>>;
  /** Of the traces that begin here, the part that is kept: 0 to 1. */
  readonly ratio: number;
  /** Milliseconds that the receiver has to take a batch. */
  readonly timeoutMs: number;
  /** A PEM file with the authorities of the receiver. Absent: those of the system. */
  readonly caFile?: string;
}

/** Everything that the service is told beside its policies. */
export interface ServiceConfig {
  readonly roots: readonly PolicyRoot[];
  /** At least one. */
  readonly listeners: readonly ListenerConfig[];
  /** Where HTTP is answered (docs/http.md). Absent: nowhere. */
  readonly httpListeners?: readonly ListenerConfig[];
  /** Empty: whoever reaches a listener may claim any tenant and scope. */
  readonly callers: readonly CallerConfig[];
  readonly limits: ServiceLimits;
  readonly clientPreferences: ClientPreferenceRules;
  /** Beyond this age of the last successful read decisions block. Absent: never. */
  readonly maxStalenessMs?: number;
  /** How long calls in flight have to end when the service stops. */
  readonly drainTimeoutMs: number;
  readonly logLevel: LogLevel;
  readonly recordedDecisions: RecordedDecisions;
  /** Absent: no evidence is kept but what the log says. */
  readonly audit?: AuditConfig;
  /** Where /livez, /readyz and /metrics are. Absent: nowhere. */
  readonly diagnosticsAddress?: string;
  /** The status of blocks by Keeptrusts packs. Absent: the default of the dialect. */
  readonly keeptrustsStatus?: BlockStatus;
  /** Absent: nothing is traced. */
  readonly tracing?: TracingConfig;
}

/** Every address that clients ask at, whatever they speak there. */
export function allListeners({
  listeners,
  httpListeners = [],
}: Pick<ServiceConfig, 'listeners' | 'httpListeners'>): readonly ListenerConfig[] {
  return [...listeners, ...httpListeners];
}
