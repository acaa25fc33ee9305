/** How bad something is, in OCSF's numbers: 1 informational, 2 low, 3 medium, 4 high, 5 critical. */
export type SeverityId = 1 | 2 | 3 | 4 | 5;

/** What OCSF calls an object with a name: a target, a caller, a listener, a file. */
export interface NamedThing {
  readonly name: string;
  readonly uid?: string;
  readonly type?: string;
}

/** What a finding rests on. */
export interface EventEvidence {
  readonly name: string;
  readonly actor?: { readonly app_name: string };
  readonly api?: { readonly operation: string };
  readonly data?: unknown;
}

/** What is known of a policy, or of a bundle of them. */
export interface EventPolicy {
  readonly name: string;
  readonly uid?: string;
  readonly version?: string;
}

/**
 * A security event in the form of OCSF, whose names these are (docs/events.md names its version). Instants are
 * milliseconds since the epoch. Nothing here was written by a client as content, and no text is a secret.
 */
export interface SecurityEvent {
  readonly metadata: {
    readonly version: string;
    /** The same for the same event, however often it is told. */
    readonly uid: string;
    /** The kind: a word of `EVENT_KINDS`. */
    readonly event_code: string;
    readonly product: { readonly name: string; readonly vendor_name: string };
    readonly profiles: readonly string[];
    /** Joins the events of one decision. */
    readonly correlation_uid?: string;
    readonly tenant_uid?: string;
  };
  readonly time: number;
  readonly message: string;
  readonly severity_id: SeverityId;
  readonly severity: string;
  readonly category_uid: number;
  readonly category_name: string;
  readonly class_uid: number;
  readonly class_name: string;
  readonly activity_id: number;
  readonly activity_name: string;
  readonly type_uid: number;
  readonly type_name: string;
  readonly status_id: number;
  readonly status: string;
  readonly status_detail?: string;
  readonly action_id: number;
  readonly action: string;
  readonly disposition_id: number;
  readonly disposition: string;
  /** True from severity high on. */
  readonly is_alert: boolean;
  /** How many the event stands for, and from when to when they were. Absent: one. */
  readonly count?: number;
  readonly start_time?: number;
  readonly end_time?: number;
  readonly finding_info?: {
    readonly uid: string;
    readonly title: string;
    readonly types: readonly string[];
  };
  readonly policy?: EventPolicy;
  readonly resources?: readonly NamedThing[];
  readonly evidences?: readonly EventEvidence[];
  readonly actor?: { readonly app_name: string };
  readonly api?: { readonly operation: string };
  readonly src_endpoint?: NamedThing;
  readonly dst_endpoint?: NamedThing;
  readonly entity?: NamedThing & {
    readonly type_id: number;
    readonly version?: string;
    readonly data?: unknown;
  };
  /** What OCSF has no name for. */
  readonly unmapped?: Readonly<Record<string, unknown>>;
}

/** Takes events. Never throws, never waits, and never takes more than it can keep: what must decide does not depend on it. */
export interface EventSink {
  emit(event: SecurityEvent): void;
}
