import type { Requirement } from './requirement';
import type { SourcePosition } from './source-position';

/**
 * Whom a policy is for: key to the values that it names. A policy applies if every key matches; `any` names the
 * key without limiting its values. `tenant` is a key like the others.
 */
export type Scope = ReadonlyMap<string, readonly string[] | 'any'>;

/**
 * A pattern over the whole target. Absent fields match everything; `model` and `target` may hold `*`, which
 * stands for any characters. Ids are compared as docs/semantics.md says.
 */
export interface TargetPattern {
  readonly provider?: string;
  readonly model?: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly credential?: string;
  readonly target?: string;
}

/** One entry of an allow or deny list. */
export interface ListEntry {
  readonly pattern: TargetPattern;
  /** What the user wrote, for messages. */
  readonly text: string;
  /** It may be meant for something that is not catalogued (yet), so that matching nothing is no finding. */
  readonly future: boolean;
  readonly position: SourcePosition;
}

/** An allow or deny list. An absent list restricts nothing; `entries` may be empty only where a dialect says so. */
export interface TargetList {
  /** Which list of the policy it is: it decides the layer and the reason codes. */
  readonly subject: 'provider' | 'model';
  readonly effect: 'allow' | 'deny';
  readonly entries: readonly ListEntry[];
  readonly position: SourcePosition;
}

/** `enforce` blocks; `warn` gives way as L9 says (requirements only); `shadow` only records. */
export type PolicyMode = 'enforce' | 'warn' | 'shadow';

/** HTTP statuses that a block may carry (L14). */
export const BLOCK_STATUSES = [400, 403, 404, 409, 422, 451] as const;

/** An HTTP status that a block may carry. */
export type BlockStatus = (typeof BLOCK_STATUSES)[number];

/** Systems in whose words a block can be told, besides Ambit's own (L14). */
export const WORDINGS = ['llmgateway', 'vercel', 'ngrok', 'openrouter'] as const;

/** A system in whose words a block is told. */
export type Wording = (typeof WORDINGS)[number];

/** What a client is told when the policy is the one that leaves nothing. */
export interface BlockSettings {
  readonly status: BlockStatus;
  /** True: it holds whatever status the wording would have. */
  readonly isStatusFixed?: boolean;
  /** Replaces the default message; `{model}`, `{model_name}` (without its pin), `{providers}` and `{contact}` are filled in. */
  readonly message?: string;
  /** Whose words and body to use; absent: Ambit's own. A `message` stands in place of the words. */
  readonly wording?: Wording;
  /** Whom to ask, one sentence; replaces the wording's own. Absent: the bundle's, else the wording's. */
  readonly contact?: string;
}

/**
 * The authors of models (`author/model`, in the model's name or in what it serves) whose targets a policy's
 * requirements judge. A target that names no author is judged in any case: whose model it is, is not known.
 */
export interface AuthorSelection {
  readonly only?: readonly string[];
  readonly except?: readonly string[];
}

/** Where the parts of a policy stand that have no position of their own; absent where the file does not state them. */
export interface PolicyPlaces {
  readonly mode?: SourcePosition;
  readonly status?: SourcePosition;
  /** By key of the scope. */
  readonly scope: ReadonlyMap<string, ScopePlaces>;
}

/** Where a key of a scope stands, and the values that it names, in their order; none for `any`. */
export interface ScopePlaces {
  readonly key: SourcePosition;
  readonly values: readonly SourcePosition[];
}

/** What a policy says of the records of its decisions; it never changes a decision. */
export interface RecordSettings {
  /** True: every decision; false: blocks and warnings only. Absent: it says nothing. */
  readonly recordsAll?: boolean;
  /** Days for which records are kept at least, and then removed. */
  readonly retentionDays?: number;
  /** True: nobody may shorten that, or remove records before. */
  readonly immutable?: boolean;
}

/** Scope, lists and requirements, and what happens when nothing is left. */
export interface Policy {
  readonly id: string;
  readonly mode: PolicyMode;
  readonly scope: Scope;
  readonly lists: readonly TargetList[];
  readonly requirements: readonly Requirement[];
  /** The dialect whose names for providers its lists use; absent: that of its file. */
  readonly providerNames?: string;
  /** Absent: its requirements judge every target. Only a policy without lists has one. */
  readonly authors?: AuthorSelection;
  readonly block: BlockSettings;
  /** True if each decision under this policy is to be logged with the targets that were selected and why. */
  readonly logSelection: boolean;
  readonly records?: RecordSettings;
  readonly position: SourcePosition;
  readonly places?: PolicyPlaces;
}
