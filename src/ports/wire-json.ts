import type { Answer, Ask } from './answer';

/**
 * A DecideResponse as JSON (lowerCamelCase), as far as programs of this repository read it. It is the same
 * whether the answer was made here or by a running Ambit.
 */
export interface AnswerDocument {
  readonly requestId?: string;
  /** Absent: the catalog chose the candidates at a running Ambit (ListEligible), whose answers have none. */
  readonly decisionId?: string;
  /** `OUTCOME_ALLOW`, `OUTCOME_WARN` or `OUTCOME_BLOCK`; everything else must be treated as a block. */
  readonly outcome: string;
  readonly eligible: readonly string[];
  readonly verdicts: readonly VerdictDocument[];
  readonly block?: BlockDocument;
  readonly warnings?: readonly { readonly code: string; readonly message: string }[];
  readonly routing?: Readonly<Record<string, unknown>>;
  readonly bundle?: BundleDocument;
  readonly trace?: Readonly<Record<string, unknown>>;
}

/** The bundle of an AnswerDocument; 64-bit numbers are texts, as protobuf's JSON has them. */
export interface BundleDocument {
  readonly digest: string;
  readonly revision?: string;
  readonly sequence: string;
  /** RFC 3339, UTC. */
  readonly validUntil?: string;
  readonly stale: boolean;
}

/** One verdict of an AnswerDocument. */
export interface VerdictDocument {
  readonly ref: string;
  readonly target?: string;
  readonly eligible: boolean;
  readonly sendModel?: string;
  readonly reasons: readonly ReasonDocument[];
  readonly reasonsOmitted?: number;
}

/** One reason of a VerdictDocument; the fields of the wire's Reason. */
export interface ReasonDocument {
  readonly code: string;
  readonly layer: string;
  readonly policy?: string;
  readonly requirement?: string;
  readonly claim?: string;
  readonly state: string;
  readonly expected?: string;
  readonly observed?: string;
  readonly message: string;
  readonly source?: PositionDocument;
  readonly claimSource?: PositionDocument;
}

/** A place in a file. */
export interface PositionDocument {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The block of an AnswerDocument. */
export interface BlockDocument {
  readonly code: string;
  readonly message: string;
  readonly httpStatus: number;
  readonly contentType: string;
  readonly body: string;
  readonly layer: string;
  readonly policy?: string;
  readonly providersConsidered: readonly string[];
}

/**
 * What a text holds: an ask, or why it is none (`problem` names the path of the field, `candidates[0].ref`).
 * What an end client gets wrong (model, api, features, preferences) is no problem of the text: it is part of the
 * ask and becomes a block.
 */
export type AskReading = { readonly ask: Ask } | { readonly problem: string };

/**
 * Reads and writes the JSON form of the contract. In: lowerCamelCase and snake_case, lists are plain arrays,
 * unknown and doubled keys are problems. Out: lowerCamelCase.
 */
export interface WireJson {
  /** A DecideRequest. Without `candidates` it is one with none, which blocks. */
  readAsk(text: string): AskReading;
  /** A ListEligibleRequest without its page: the candidates are the catalog's. */
  readOffer(text: string): AskReading;
  toDocument(answer: Answer): AnswerDocument;
}
