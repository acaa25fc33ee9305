import type { Outcome, Warning } from '../core/model/decision';
import type { DecisionRequest } from '../core/model/request';
import type { SourcePosition } from '../core/model/source-position';

/** The word in a file that states something; `endColumn` is the first column after it. */
export interface Mark {
  readonly position: SourcePosition;
  readonly endColumn: number;
}

/** What a word states, and where, so that a report can mark it. */
export interface Stated<T> extends Mark {
  readonly value: T;
}

/** A value as JSON has it. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** What a PolicyTest document states: cases that a bundle is held against. It decides nothing. */
export interface PolicyTest {
  readonly name: string;
  readonly position: SourcePosition;
  readonly cases: readonly PolicyCase[];
}

/** One request at one instant, and what must become of it. */
export interface PolicyCase {
  readonly name: Stated<string>;
  /** The frozen clock, in milliseconds since the epoch, UTC. */
  readonly nowMs: number;
  readonly request: DecisionRequest;
  /** What the request's scope states, word for word; absent: nothing. */
  readonly scopeWords?: readonly ScopeWord[];
  readonly expected: ExpectedDecision;
}

/** One scope key of a request with its value, as the file spells both. */
export interface ScopeWord {
  readonly key: Stated<string>;
  readonly value: Stated<string>;
}

/** What must become of a request. `eligible` and `blocked` together are all candidates, or the case fails. */
export interface ExpectedDecision {
  readonly outcome: Stated<Outcome>;
  /** In the order to try. */
  readonly eligible: readonly Stated<string>[];
  readonly blocked: readonly ExpectedVerdict[];
  /** What eligible targets must carry as not met (L9); absent: whatever they do. */
  readonly unmet?: readonly ExpectedVerdict[];
  /** Absent: whatever it is. */
  readonly block?: readonly ExpectedBlockField[];
  /** All of them, in order; absent: whatever they are. */
  readonly warnings?: Stated<readonly Warning['code'][]>;
}

/** The reasons that one target must have. */
export interface ExpectedVerdict {
  readonly ref: Stated<string>;
  readonly reasons: ExpectedReasons;
}

/** `first`: the reason that leads, whatever follows it; `all`: every reason, in order. */
export type ExpectedReasons =
  | { readonly kind: 'first'; readonly reason: ExpectedReason }
  | { readonly kind: 'all'; readonly reasons: readonly ExpectedReason[]; readonly at: Mark };

/** Parts of a reason that a case may name. */
export const REASON_FIELDS = [
  'code',
  'layer',
  'policy',
  'requirement',
  'claim',
  'state',
  'expected',
  'observed',
  'message',
] as const;

/** A part of a reason that a case may name. */
export type ReasonField = (typeof REASON_FIELDS)[number];

/** What one reason must say: the parts that are named, at least one. */
export interface ExpectedReason extends Mark {
  readonly fields: readonly (Stated<string> & { readonly name: ReasonField })[];
}

/** Parts of a block that a case may name, as the file spells them. */
export type BlockField =
  | 'code'
  | 'layer'
  | 'policy'
  | 'message'
  | 'http_status'
  | 'content_type'
  | 'providers_considered'
  | 'body';

/** What one part of the block must be; a `body` that is no text is compared as JSON. */
export interface ExpectedBlockField extends Stated<JsonValue> {
  readonly name: BlockField;
}
