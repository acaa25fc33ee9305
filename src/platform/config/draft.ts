import type { BlockStatus } from '../../core/model/policy';
import type {
  AuditConfig,
  CallerConfig,
  ListenerConfig,
  LogLevel,
  PolicyRoot,
  RecordedDecisions,
  TlsPart,
  TracingConfig,
} from '../../ports/service-config';
import type { ClientPreferenceRules } from '../../ports/client-preferences';
import type { LimitName } from '../../ports/service-limits';
import type { ValueReader } from '../../dialects/yaml/reader';
import type { Report } from '../../dialects/yaml/report';
import type { Span } from '../../dialects/yaml/source-text';

/** Where traces are sent, as far as it is stated. */
export interface TracingDraft extends Partial<Mutable<TracingConfig>> {
  /** The key that states each part, and what reports on it. */
  readonly places: Partial<Record<keyof TracingConfig, ReportedPlace>>;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Where something stands. */
export interface ReportedPlace {
  readonly at: Span;
  readonly report: Report;
}

/** The keys that name the parts of a listener's TLS. */
export type TlsPlaces = Partial<Readonly<Record<TlsPart, Span>>>;

/** A listener as it is stated. */
export interface ListenerDraft extends ListenerConfig {
  readonly at: Span;
  readonly report: Report;
  readonly tlsPlaces?: TlsPlaces;
  /** Where the caller is named. */
  readonly callerAt?: Span;
}

/** A caller as it is stated. */
export interface CallerDraft extends CallerConfig {
  readonly at: Span;
  readonly report: Report;
  /** Where each of the certificate's URIs stands, in their order. */
  readonly uriSpans: readonly Span[];
}

/** Where it stands what evidence needs. */
export interface AuditPlaces {
  readonly keys: Partial<Readonly<Record<keyof AuditConfig, Span>>>;
  /** The name of each sink. */
  readonly sinks?: ReadonlyMap<string, Span>;
}

/** How evidence is to be kept, as far as it is stated. */
export interface AuditDraft extends Partial<AuditConfig> {
  /** The first of its keys. */
  readonly first: ReportedPlace;
  readonly places: AuditPlaces;
}

/** What has been read so far. What is stated later (an environment variable) replaces what was stated before. */
export interface ConfigDraft {
  /** Paths are relative to the text that states them: the file's directory, or where the process runs. */
  resolve: (path: string) => string;
  roots?: readonly PolicyRoot[];
  listeners?: readonly ListenerDraft[];
  httpListeners?: readonly ListenerDraft[];
  callers?: readonly CallerDraft[];
  readonly limits: Partial<Record<LimitName, number>>;
  preferenceHeaders?: ClientPreferenceRules['headers'];
  preferenceFormats?: ClientPreferenceRules['formats'];
  maxStalenessMs?: number;
  drainTimeoutMs?: number;
  logLevel?: LogLevel;
  recordedDecisions?: RecordedDecisions;
  diagnosticsAddress?: string;
  diagnosticsEnabled?: boolean;
  keeptrustsStatus?: BlockStatus;
  audit?: AuditDraft;
  readonly tracing: TracingDraft;
}

/** How one key is read, wherever it stands: in the file, or in a variable of the environment. */
export type ReadKey = (value: ValueReader, draft: ConfigDraft) => void;
