import type { Bundle } from '../core/engine/bundle';
import type { Finding } from '../core/model/finding';

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

/** A call was refused because nobody knows who asks (`identity`), or because of what the caller claims (`rights`). */
export interface CallerRefused {
  readonly kind: 'caller_refused';
  readonly reason: 'identity' | 'rights';
  /** Its name in the configuration; empty where nobody knows it. */
  readonly caller: string;
  /** The address as the configuration writes it. */
  readonly listener: string;
  /** The URIs of the certificate that it showed, where that is why. */
  readonly certificateUris?: readonly string[];
}

/** A set of policies as it decides. */
export interface ServedBundle {
  readonly bundle: Bundle;
  /** Counts the bundles that this process has activated, from 1. */
  readonly sequence: number;
  /** The names of the files that it was made from. */
  readonly files: readonly string[];
}

/** Another bundle decides from now on. */
export interface BundleActivated {
  readonly kind: 'bundle_activated';
  readonly now: ServedBundle;
  /** What decided until now. Absent: nothing did. */
  readonly before?: ServedBundle;
}

/** The sources were read, and refused; what decided goes on. */
export interface BundleRefused {
  readonly kind: 'bundle_refused';
  /** `torn`: they kept changing while they were read. */
  readonly outcome: 'rejected' | 'torn';
  /** Of all severities; only the codes and places of errors are told. */
  readonly findings: readonly Finding[];
  /** What decides. Absent: nothing does. */
  readonly active?: ServedBundle;
}

/** The trail is not what was written: what a `TrailDamage` or a check of the trail has found. */
export interface TrailDamaged {
  readonly kind: 'trail_damaged';
  /** A code of docs/trail.md. */
  readonly code: string;
  /** The name of the file in the trail's directory. */
  readonly file: string;
  /** From 1; 0 is the whole file. */
  readonly line: number;
  /** The number that the line there should have; 0 where nobody can say. */
  readonly sequence: number;
}

/** What the service alone can tell; what is decided stands in the records of decisions. */
export type Happening = CallerRefused | BundleActivated | BundleRefused | TrailDamaged;

/** Policies that are older than they may be. Milliseconds. */
export interface Staleness {
  readonly ageMs: number;
  readonly maxAgeMs: number;
  /** Of the bundle that is stale. Absent: none was ever loaded. */
  readonly digest?: string;
}

/** Takes what happens. Never throws, never waits, and keeps only so much: what must decide does not depend on it. */
export interface SecurityEvents {
  tell(happening: Happening): void;
}
